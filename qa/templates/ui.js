// The page's state is its address: links and forms change the address, the server renders the view.
// Runs as Gradio's js_on_load (with `element`, `server`, `props`) and as a script of the plain page.
(() => {
  const bridge = typeof server === "undefined" ? null : server;
  const root = bridge ? element : document.body;
  const find = (selector) => root.querySelector(selector);
  let visits = 0;

  const toast = (text) => {
    const box = document.createElement("div");
    box.className = "hw-toast";
    box.textContent = text;
    box.setAttribute("role", "status");
    document.body.append(box);
    setTimeout(() => box.remove(), 2200);
  };

  async function show(focus) {
    const visit = ++visits;
    const frame = find(".hw");
    if (frame) frame.setAttribute("aria-busy", "true");
    let answer;
    try {
      answer = await bridge.visit(location.search);
    } catch {
      if (visit !== visits) return;
      frame?.removeAttribute("aria-busy");
      toast("没有连上服务器，请稍后再试");
      return;
    }
    if (visit !== visits) return; // a later one is on its way
    props.value = answer.html;
    document.title = answer.title;
    await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
    arrived(focus);
  }

  function arrived(focus) {
    if (matchMedia("(max-width: 720px)").matches)
      for (const fold of root.querySelectorAll(".hw-fold")) fold.open = false;
    const live = find(".hw-live");
    if (live) live.textContent = document.title;
    if (!focus) return;
    window.scrollTo(0, 0);
    const target = find("h1[tabindex]") || find("#hw-main");
    target?.focus({ preventScroll: true });
  }

  function go(search) {
    if (!bridge) {
      location.href = location.pathname + search;
      return;
    }
    if (search !== location.search) history.pushState(null, "", location.pathname + search);
    show(true);
  }

  const searchOf = (form) => {
    const filled = [...new FormData(form)].filter(([, value]) => String(value).trim());
    return "?" + new URLSearchParams(filled);
  };

  async function copy(text) {
    try {
      await navigator.clipboard.writeText(text);
    } catch { // no clipboard without https
      const area = document.createElement("textarea");
      area.value = text;
      document.body.append(area);
      area.select();
      document.execCommand("copy");
      area.remove();
    }
    toast("已复制");
  }

  async function judge(button) {
    const form = button.closest("form");
    const body = {
      verdict: button.dataset.verdict,
      question: form.dataset.question.slice(0, 500),
      status: form.dataset.status,
      measure_id: form.dataset.about || null,
      text: form.elements.text.value,
    };
    const headers = { "Content-Type": "application/json" };
    const sent = await fetch("/api/v1/feedback", {
      method: "POST", headers, body: JSON.stringify(body),
    }).catch(() => null);
    form.querySelector(".hw-thanks").textContent = sent?.ok ? "已记下，谢谢。" : "没有记下，请稍后再试。";
    if (!sent?.ok) return;
    for (const each of form.querySelectorAll("[data-verdict]"))
      each.setAttribute("aria-pressed", String(each === button));
  }

  root.addEventListener("click", (event) => {
    const target = event.target.closest("a, button");
    if (!target) return;
    if (target.dataset.copy) return void copy(target.dataset.copy);
    if (target.dataset.copyLink)
      return void copy(location.origin + location.pathname + target.dataset.copyLink);
    if (target.dataset.verdict) return void judge(target);
    if ("print" in target.dataset) return window.print();
    const link = target.getAttribute("href");
    if (link === "#hw-main") {
      event.preventDefault();
      return find("#hw-main").focus();
    }
    const plain = event.button === 0 && !(event.metaKey || event.ctrlKey || event.shiftKey);
    if (!plain || !link?.startsWith("?") || !bridge) return;
    event.preventDefault();
    go(link);
  });
  root.addEventListener("submit", (event) => {
    const form = event.target;
    event.preventDefault();
    if (form.classList.contains("hw-feedback")) return;
    go(searchOf(form));
  });
  root.addEventListener("change", (event) => {
    const form = event.target.closest("form[data-auto]");
    if (form) go(searchOf(form));
  });

  const dark = matchMedia("(prefers-color-scheme: dark)");
  const shade = () => document.body.classList.toggle("dark", dark.matches);
  dark.addEventListener("change", shade);
  shade();
  if (bridge) {
    window.addEventListener("popstate", () => show(false));
    document.documentElement.lang = "zh-CN";
    show(false);
    return;
  }
  document.body.classList.add("has-script");
  arrived(false);
  if (!("starting" in document.body.dataset)) return;
  // The full page is being made: change over when it is there, unless somebody is writing.
  const timer = setInterval(async () => {
    const state = await fetch("/readyz").then((answer) => answer.json()).catch(() => ({}));
    if (!state.page) return;
    clearInterval(timer);
    const typed = [...document.querySelectorAll("input[name=q], input[name=text]")].some(
      (field) => field.value !== field.defaultValue,
    );
    if (!typed) location.reload();
  }, 1000);
})();
