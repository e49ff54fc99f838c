"""Asking outside addresses, on real local servers, without ever reaching inside our network."""

import ipaddress
import socket
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from magazine.checks import visiting
from magazine.checks.tasks import visit_links
from magazine.checks.visiting import Problem, Visit, is_public, visit
from magazine.models import VisitedLink


class Handler(BaseHTTPRequestHandler):
    """Answers by its path, and remembers what it was asked."""

    def answer(self):
        self.server.asked.append((self.command, self.path, self.headers.get("Host")))
        status, location = self.server.answers.get(self.path, (200, ""))
        if self.command == "HEAD" and self.path in self.server.get_only:
            status, location = 405, ""
        if self.path == "/slow":
            time.sleep(3)
        self.send_response(status)
        if location:
            self.send_header("Location", location)
        self.end_headers()
        if self.command == "GET":
            self.wfile.write(b"x" * 100)

    do_GET = do_HEAD = answer

    def log_message(self, *args):
        pass


class Site:
    """A local server, known as far as our resolver goes by any name it is given."""

    def __init__(self):
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.asked, self.server.answers, self.server.get_only = [], {}, set()
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.port = self.server.server_address[1]

    def url(self, path, host="revue.example"):
        return f"http://{host}:{self.port}{path}"


@pytest.fixture
def site():
    site = Site()
    yield site
    site.server.shutdown()
    site.server.server_close()


def at_home(host, port):
    """Every name is this machine's; an address in figures is itself."""
    try:
        return [str(ipaddress.ip_address(host))]
    except ValueError:
        return ["127.0.0.1"]


def only_this_machine(address):
    return str(address) == "127.0.0.1"


def ask(url):
    return visit(url, resolve=at_home, allows=only_this_machine)


@pytest.mark.parametrize("status", [200, 204, 404, 410, 500])
def test_the_answer_of_a_site_is_told(site, status):
    site.server.answers["/page"] = (status, "")
    assert ask(site.url("/page")) == Visit(status)


def test_a_page_that_is_there_is_asked_for_once_and_without_its_text(site):
    ask(site.url("/page?a=é b"))
    host = f"revue.example:{site.port}"
    assert site.server.asked == [("HEAD", "/page?a=%C3%A9%20b", host)]


def test_a_server_that_refuses_head_is_asked_like_a_reader_would(site):
    site.server.get_only.add("/page")
    assert ask(site.url("/page")) == Visit(200)
    assert [method for method, _path, _host in site.server.asked] == ["HEAD", "GET"]


def test_redirects_are_followed_to_their_end(site):
    site.server.answers = {"/a": (301, "/b"), "/b": (302, site.url("/c")), "/c": (410, "")}
    assert ask(site.url("/a")) == Visit(410)


def test_redirects_without_end_are_given_up(site):
    site.server.answers = {"/a": (302, "/b"), "/b": (302, "/a")}
    assert ask(site.url("/a")) == Visit(None, Problem.TOO_MANY_REDIRECTS)


@pytest.mark.parametrize(
    "inside",
    [
        "http://169.254.169.254/latest/meta-data/",
        "http://[::1]/",
        "http://[::ffff:169.254.169.254]/",
        "http://10.0.0.8/",
        "http://0.0.0.0/",
    ],
)
def test_a_redirect_into_the_network_is_not_followed(site, inside):
    site.server.answers["/a"] = (302, inside)
    assert ask(site.url("/a")) == Visit(None, Problem.NOT_PUBLIC)
    assert [path for _method, path, _host in site.server.asked] == ["/a"]


@pytest.mark.parametrize("elsewhere", ["file:///etc/passwd", "ftp://revue.example/", "gopher://x"])
def test_a_redirect_to_another_scheme_is_not_followed(site, elsewhere):
    site.server.answers["/a"] = (302, elsewhere)
    assert ask(site.url("/a")) == Visit(None, Problem.MALFORMED)


def test_a_name_that_changes_its_mind_is_asked_where_it_was_looked_at(site):
    """DNS rebinding: the second answer would lead inside."""
    asked = []

    def rebinding(host, port):
        asked.append(host)
        return ["127.0.0.1"] if len(asked) == 1 else ["10.0.0.8"]

    assert visit(site.url("/"), resolve=rebinding, allows=only_this_machine) == Visit(200)
    assert asked == ["revue.example"]


def test_each_hop_is_looked_at_again(site):
    site.server.answers["/a"] = (302, site.url("/b"))
    answers = iter([["127.0.0.1"], ["10.0.0.8"]])
    found = visit(site.url("/a"), resolve=lambda *_: next(answers), allows=only_this_machine)
    assert found == Visit(None, Problem.NOT_PUBLIC)


def test_a_name_with_one_private_address_among_others_is_refused(site):
    def both(host, port):
        return ["127.0.0.1", "10.0.0.8"]

    found = visit(site.url("/"), resolve=both, allows=only_this_machine)
    assert found == Visit(None, Problem.NOT_PUBLIC)
    assert site.server.asked == []


def test_this_machine_is_refused_as_a_rule(site):
    assert visit(site.url("/", host="127.0.0.1")) == Visit(None, Problem.NOT_PUBLIC)
    assert visit(site.url("/", host="localhost")) == Visit(None, Problem.NOT_PUBLIC)
    assert visit(site.url("/", host="2130706433")) == Visit(None, Problem.NOT_PUBLIC)
    assert site.server.asked == []


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("93.184.215.14", True),
        ("2606:2800:220:1::1", True),
        ("127.0.0.1", False),
        ("10.1.2.3", False),
        ("172.16.0.1", False),
        ("192.168.1.1", False),
        ("169.254.169.254", False),
        ("100.64.0.1", False),
        ("0.0.0.0", False),
        ("224.0.0.1", False),
        ("240.0.0.1", False),
        ("255.255.255.255", False),
        ("192.0.2.1", False),
        ("::1", False),
        ("::", False),
        ("fe80::1", False),
        ("fc00::1", False),
        ("fec0::1", False),
        ("ff02::1", False),
        ("2001:db8::1", False),
        ("::ffff:127.0.0.1", False),
        ("::ffff:10.0.0.1", False),
        ("64:ff9b::a9fe:a9fe", False),
        ("2002:7f00:1::", False),
        ("2001:0:53aa:64c:0:fffe:80ff:fffe", False),
    ],
)
def test_only_the_open_internet_is_public(address, public):
    assert is_public(ipaddress.ip_address(address)) is public


@pytest.mark.parametrize(
    "url",
    ["", "revue.example", "//revue.example", "http://", "http://[::1", "http://a:b", "http://a:99999",
     f"http://{'x' * 70}.example", "http://..", "javascript:alert(1)"],
)  # fmt: skip
def test_what_is_no_address_is_told_as_such(url):
    assert ask(url).problem in (Problem.MALFORMED, Problem.UNKNOWN_HOST)


def test_a_host_that_nobody_knows_is_told_apart_from_one_out_of_reach(monkeypatch):
    def unknown(*args, **kwargs):
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    def later(*args, **kwargs):
        raise socket.gaierror(socket.EAI_AGAIN, "Temporary failure in name resolution")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    assert visit("https://nulle-part.example/").problem == Problem.UNKNOWN_HOST
    monkeypatch.setattr(socket, "getaddrinfo", later)
    assert visit("https://nulle-part.example/").problem == Problem.UNREACHABLE


def test_a_closed_door_is_no_dead_link():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    assert ask(f"http://revue.example:{port}/") == Visit(None, Problem.UNREACHABLE)


def test_a_server_without_certificate_is_told(site):
    url = site.url("/").replace("http:", "https:")
    assert ask(url) == Visit(None, Problem.INSECURE)


def test_a_server_that_is_silent_is_given_up(site, monkeypatch):
    monkeypatch.setattr(visiting, "SECONDS_A_READ", 0.3)
    assert ask(site.url("/slow")) == Visit(None, Problem.UNREACHABLE)


def test_a_server_that_drags_its_answer_out_is_hung_up_on(monkeypatch):
    monkeypatch.setattr(visiting, "SECONDS_A_HOP", 1)
    with socket.create_server(("127.0.0.1", 0)) as server:

        def drip():
            talk, _who = server.accept()
            with talk:
                talk.sendall(b"HTTP/1.1 ")
                try:
                    while True:
                        talk.sendall(b"x")
                        time.sleep(0.05)
                except OSError:
                    return

        threading.Thread(target=drip, daemon=True).start()
        begun = time.monotonic()
        found = ask(f"http://revue.example:{server.getsockname()[1]}/")
    assert found == Visit(None, Problem.UNREACHABLE)
    assert time.monotonic() - begun < 5


def test_a_body_is_not_read(site):
    """A film of many gigabytes must not be fetched to learn that it is there."""
    site.server.get_only.add("/film")
    begun = time.monotonic()
    assert ask(site.url("/film")) == Visit(200)
    assert time.monotonic() - begun < 2


def test_the_job_keeps_what_each_link_answered(db, site, monkeypatch):
    site.server.answers["/gone"] = (404, "")
    monkeypatch.setattr("magazine.checks.tasks.visit", ask)
    links = [
        VisitedLink.objects.create(url=url)
        for url in (site.url("/gone"), "http://10.0.0.8/", site.url("/there"))
    ]
    visit_links.func([link.pk for link in links])
    kept = VisitedLink.objects.order_by("pk").values_list("status", "problem")
    assert list(kept) == [(404, ""), (None, "not_public"), (200, "")]
    assert not VisitedLink.objects.filter(visited_at=None).exists()
