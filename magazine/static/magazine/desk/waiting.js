// While something is being made, ask for the same page again, and take over what has changed in it.
(() => {
  const SECONDS = 2;
  const parts = (page) => [...page.querySelectorAll("[data-renewed]")];
  const ask = async () => {
    try {
      const answer = await fetch(window.location.href, { cache: "no-store" });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const fresh = parts(page);
      parts(document).forEach((part, at) => {
        if (fresh[at] && fresh[at].innerHTML !== part.innerHTML) part.innerHTML = fresh[at].innerHTML;
      });
    } catch {
      // The network is away: ask again.
    }
    wait();
  };
  const wait = () => {
    if (document.querySelector("[data-waiting]")) window.setTimeout(ask, SECONDS * 1000);
  };
  wait();
})();
