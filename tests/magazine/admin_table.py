"""Who may open which address of the desk: the one table to keep when an address is added.

One line an address; the five signs stand for contributor, editor, editor-in-chief, production
and superuser: `+` it answers, `-` it is refused as Wagtail refuses (a redirect with a message,
403 to scripts), `0` it answers 404. Where an address names a page, a picture or a document, it
is somebody else’s draft. Without a login, and for the print partner, all of them lead to the
door, but for those in OPEN_TO_STRANGERS.
"""

from functools import cache

# Leaves the session, or fails on purpose to try the error page: asked by no test.
CLOSES_THE_SESSION = {"wagtailadmin_logout", "wagtailadmin_error_test"}

OPEN_TO_STRANGERS = {
    "wagtailadmin_javascript_catalog",
    "wagtailadmin_login",
    "wagtailadmin_password_reset",
    "wagtailadmin_password_reset_complete",
    "wagtailadmin_password_reset_confirm",
    "wagtailadmin_password_reset_done",
    "wagtailadmin_sprite",
}

TABLE = """
article_checks 0++++
article_checks_panel 0++++
article_preview 0++++
article_preview_page 00000
article_previews 0++++
article_proofreader 0++++
article_remark_settle 0++0+
article_review_renew 0++0+
article_review_revoke 0++0+
article_reviews 0++++
change_kind 0++0+
copy_into_issue 0++0+
correction 00+0+
corrections 00+0+
issue_checks 0++++
pass_finding 00+0+
desk_session +++++
planning_board:add 0++++
planning_board:board 0++++
planning_board:commission 0++++
planning_board:csv 0++++
planning_board:drop 0++++
planning_board:first 0++++
planning_board:link 0++++
planning_board:move 0++++
planning_board:row 0++++
planning_board:start 0++++
release_issue 00+0+
trash +++++
trash_delete 00+0+
trash_restore 0++0+
visit_article_links 0++++
wagtail_bulk_action -++++
wagtailadmin_account +++++
wagtailadmin_api:documents:detail 0++++
wagtailadmin_api:documents:find 0++++
wagtailadmin_api:documents:listing +++++
wagtailadmin_api:images:detail 0++++
wagtailadmin_api:images:find 0++++
wagtailadmin_api:images:listing +++++
wagtailadmin_api:pages:action 0-+-+
wagtailadmin_api:pages:detail 0++++
wagtailadmin_api:pages:find 0++++
wagtailadmin_api:pages:listing +++++
wagtailadmin_block_preview 00000
wagtailadmin_choose_page +++++
wagtailadmin_choose_page_anchor_link +++++
wagtailadmin_choose_page_child -++++
wagtailadmin_choose_page_chosen_multiple -++++
wagtailadmin_choose_page_email_link +++++
wagtailadmin_choose_page_external_link +++++
wagtailadmin_choose_page_phone_link +++++
wagtailadmin_choose_page_search +++++
wagtailadmin_collections:add --+-+
wagtailadmin_collections:delete 00+0+
wagtailadmin_collections:edit --+-+
wagtailadmin_collections:index --+-+
wagtailadmin_collections:set_privacy --+-+
wagtailadmin_dismissibles +++++
wagtailadmin_editing_sessions:ping 0++0+
wagtailadmin_editing_sessions:release +++++
wagtailadmin_explore -++++
wagtailadmin_explore_results -++++
wagtailadmin_explore_root +++++
wagtailadmin_home +++++
wagtailadmin_javascript_catalog +++++
wagtailadmin_login +++++
wagtailadmin_pages:add +++-+
wagtailadmin_pages:add_subpage +++-+
wagtailadmin_pages:choose_parent +++++
wagtailadmin_pages:collect_workflow_action_data -++-+
wagtailadmin_pages:confirm_workflow_cancellation -++++
wagtailadmin_pages:convert_alias -0000
wagtailadmin_pages:copy -++-+
wagtailadmin_pages:delete -++-+
wagtailadmin_pages:edit -++-+
wagtailadmin_pages:history -++-+
wagtailadmin_pages:history_results -++-+
wagtailadmin_pages:lock --+++
wagtailadmin_pages:move -++-+
wagtailadmin_pages:move_confirm -++++
wagtailadmin_pages:preview_on_add +++-+
wagtailadmin_pages:preview_on_edit -++-+
wagtailadmin_pages:revisions_compare -++-+
wagtailadmin_pages:revisions_index -++++
wagtailadmin_pages:revisions_revert -++-+
wagtailadmin_pages:revisions_unschedule --+-+
wagtailadmin_pages:revisions_view -++-+
wagtailadmin_pages:search +++++
wagtailadmin_pages:search_results +++++
wagtailadmin_pages:set_page_position --+-+
wagtailadmin_pages:set_privacy --+-+
wagtailadmin_pages:type_use +++++
wagtailadmin_pages:type_use_results +++++
wagtailadmin_pages:unlock --+-+
wagtailadmin_pages:unpublish --+-+
wagtailadmin_pages:usage -++-+
wagtailadmin_pages:view_draft -++++
wagtailadmin_pages:workflow_action -++-+
wagtailadmin_pages:workflow_history -++-+
wagtailadmin_pages:workflow_history_detail -++-+
wagtailadmin_pages:workflow_preview -++-+
wagtailadmin_password_reset +++++
wagtailadmin_password_reset_complete +++++
wagtailadmin_password_reset_confirm +++++
wagtailadmin_password_reset_done +++++
wagtailadmin_reports:aging_pages +++-+
wagtailadmin_reports:aging_pages_results +++-+
wagtailadmin_reports:locked_pages --+-+
wagtailadmin_reports:locked_pages_results --+-+
wagtailadmin_reports:page_types_usage -++-+
wagtailadmin_reports:page_types_usage_results -++-+
wagtailadmin_reports:site_history -++++
wagtailadmin_reports:site_history_results -++++
wagtailadmin_reports:workflow +++-+
wagtailadmin_reports:workflow_results +++-+
wagtailadmin_reports:workflow_tasks +++-+
wagtailadmin_reports:workflow_tasks_results +++-+
wagtailadmin_sprite +++++
wagtailadmin_tag_autocomplete -++++
wagtailadmin_tag_model_autocomplete -++++
wagtailadmin_workflows:add ----+
wagtailadmin_workflows:add_task 00000
wagtailadmin_workflows:disable ----+
wagtailadmin_workflows:disable_task ----+
wagtailadmin_workflows:edit ----+
wagtailadmin_workflows:edit_task ----+
wagtailadmin_workflows:enable ----+
wagtailadmin_workflows:enable_task ----+
wagtailadmin_workflows:index ----+
wagtailadmin_workflows:index_results ----+
wagtailadmin_workflows:remove ----+
wagtailadmin_workflows:select_task_type ----+
wagtailadmin_workflows:task_chooser +++++
wagtailadmin_workflows:task_chooser_create +++++
wagtailadmin_workflows:task_chooser_results +++++
wagtailadmin_workflows:task_chosen +++++
wagtailadmin_workflows:task_index ----+
wagtailadmin_workflows:task_index_results ----+
wagtailadmin_workflows:usage ----+
wagtailadmin_workflows:usage_results ----+
wagtaildocs:add -++++
wagtaildocs:add_multiple -++++
wagtaildocs:create_multiple_from_uploaded_document 00000
wagtaildocs:delete -++++
wagtaildocs:delete_multiple -++++
wagtaildocs:delete_upload_multiple 00000
wagtaildocs:document_usage -++++
wagtaildocs:edit -++++
wagtaildocs:edit_multiple -++++
wagtaildocs:index -++++
wagtaildocs:index_results -++++
wagtaildocs_chooser:choose +++++
wagtaildocs_chooser:choose_results +++++
wagtaildocs_chooser:chosen -++++
wagtaildocs_chooser:chosen_multiple +++++
wagtaildocs_chooser:create -++++
wagtailembeds:chooser +++++
wagtailembeds:chooser_upload +++++
wagtailimages:add +++++
wagtailimages:add_multiple +++++
wagtailimages:create_multiple_from_uploaded_image 00000
wagtailimages:delete -++++
wagtailimages:delete_multiple -++++
wagtailimages:delete_upload_multiple 00000
wagtailimages:edit -++++
wagtailimages:edit_multiple -++++
wagtailimages:image_usage -++++
wagtailimages:index +++++
wagtailimages:index_results +++++
wagtailimages:preview -++++
wagtailimages:url_generator 00000
wagtailimages:url_generator_output 00000
wagtailimages_chooser:choose +++++
wagtailimages_chooser:choose_results +++++
wagtailimages_chooser:chosen -++++
wagtailimages_chooser:chosen_multiple +++++
wagtailimages_chooser:create +++++
wagtailimages_chooser:select_format -++++
wagtailredirects:add --+-+
wagtailredirects:delete --+-+
wagtailredirects:edit --+-+
wagtailredirects:index --+-+
wagtailredirects:index_results --+-+
wagtailredirects:process_import --+-+
wagtailredirects:start_import --+-+
wagtailsettings:edit --+-+
wagtailsettings:preview_on_edit --0-0
wagtailsites:add ----+
wagtailsites:copy ----+
wagtailsites:delete ----+
wagtailsites:edit ----+
wagtailsites:history ----+
wagtailsites:history_results ----+
wagtailsites:index ----+
wagtailsites:index_results ----+
wagtailsites:usage ----+
wagtailsnippetchoosers_magazine_contributor:choose +++++
wagtailsnippetchoosers_magazine_contributor:choose_results +++++
wagtailsnippetchoosers_magazine_contributor:chosen +++++
wagtailsnippetchoosers_magazine_contributor:chosen_multiple +++++
wagtailsnippetchoosers_magazine_contributor:create -++-+
wagtailsnippetchoosers_magazine_houseword:choose +++++
wagtailsnippetchoosers_magazine_houseword:choose_results +++++
wagtailsnippetchoosers_magazine_houseword:chosen +++++
wagtailsnippetchoosers_magazine_houseword:chosen_multiple +++++
wagtailsnippetchoosers_magazine_houseword:create -++-+
wagtailsnippetchoosers_magazine_organisation:choose +++++
wagtailsnippetchoosers_magazine_organisation:choose_results +++++
wagtailsnippetchoosers_magazine_organisation:chosen +++++
wagtailsnippetchoosers_magazine_organisation:chosen_multiple +++++
wagtailsnippetchoosers_magazine_organisation:create -++-+
wagtailsnippetchoosers_magazine_topic:choose +++++
wagtailsnippetchoosers_magazine_topic:choose_results +++++
wagtailsnippetchoosers_magazine_topic:chosen +++++
wagtailsnippetchoosers_magazine_topic:chosen_multiple +++++
wagtailsnippetchoosers_magazine_topic:create -++-+
wagtailsnippets:index -----
wagtailsnippets_magazine_contributor:add -++-+
wagtailsnippets_magazine_contributor:copy -++-+
wagtailsnippets_magazine_contributor:delete -++-+
wagtailsnippets_magazine_contributor:edit -++-+
wagtailsnippets_magazine_contributor:history -++-+
wagtailsnippets_magazine_contributor:history_results -++-+
wagtailsnippets_magazine_contributor:list -++++
wagtailsnippets_magazine_contributor:list_results -++++
wagtailsnippets_magazine_contributor:usage -++-+
wagtailsnippets_magazine_houseword:add -++-+
wagtailsnippets_magazine_houseword:copy -++-+
wagtailsnippets_magazine_houseword:delete -++-+
wagtailsnippets_magazine_houseword:edit -++-+
wagtailsnippets_magazine_houseword:history -++-+
wagtailsnippets_magazine_houseword:history_results -++-+
wagtailsnippets_magazine_houseword:import 0++0+
wagtailsnippets_magazine_houseword:list -++-+
wagtailsnippets_magazine_houseword:list_results -++-+
wagtailsnippets_magazine_houseword:usage -++-+
wagtailsnippets_magazine_organisation:add -++-+
wagtailsnippets_magazine_organisation:copy -++-+
wagtailsnippets_magazine_organisation:delete -++-+
wagtailsnippets_magazine_organisation:edit -++-+
wagtailsnippets_magazine_organisation:history -++-+
wagtailsnippets_magazine_organisation:history_results -++-+
wagtailsnippets_magazine_organisation:list -++++
wagtailsnippets_magazine_organisation:list_results -++++
wagtailsnippets_magazine_organisation:usage -++-+
wagtailsnippets_magazine_topic:add -++-+
wagtailsnippets_magazine_topic:copy -++-+
wagtailsnippets_magazine_topic:delete -++-+
wagtailsnippets_magazine_topic:edit -++-+
wagtailsnippets_magazine_topic:history -++-+
wagtailsnippets_magazine_topic:history_results -++-+
wagtailsnippets_magazine_topic:list -++++
wagtailsnippets_magazine_topic:list_results -++++
wagtailsnippets_magazine_topic:usage -++-+
wagtailusers_groups:add ----+
wagtailusers_groups:delete ----+
wagtailusers_groups:edit ----+
wagtailusers_groups:history ----+
wagtailusers_groups:history_results ----+
wagtailusers_groups:index ----+
wagtailusers_groups:index_results ----+
wagtailusers_groups:usage ----+
wagtailusers_users:add ----+
wagtailusers_users:copy ----+
wagtailusers_users:delete ----+
wagtailusers_users:edit ----+
wagtailusers_users:history ----+
wagtailusers_users:history_results ----+
wagtailusers_users:index ----+
wagtailusers_users:index_results ----+
wagtailusers_users:usage ----+
withdraw_pass 00+0+
"""


@cache
def table():
    """Return the signs by the address’s name."""
    return dict(line.split() for line in TABLE.split("\n") if line)
