"""Map the printer's addresses to views."""

from django.urls import path

from print import views

urlpatterns = [
    path("<str:token>/<str:name>", views.press_file, name="press-file"),
]
