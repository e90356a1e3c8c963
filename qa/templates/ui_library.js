// The library's forms: a file is looked at, confirmed or corrected, and only then sent to be kept.
// Runs before ui.js, in the same way; leaves to it what it does not know.
(() => {
  const root = typeof server === "undefined" ? document.body : element;
  const files = new WeakMap(); // card of a file that was looked at → the file

  const tell = (form, text) => {
    form.querySelector(".hw-told").textContent = text;
  };
  const busy = (form, state) => {
    form.setAttribute("aria-busy", String(state));
    for (const button of form.querySelectorAll("button")) button.disabled = state;
  };

  async function send(method, path, body) {
    const answer = await fetch(path, { method, body }).catch(() => null);
    if (!answer) return { told: "没有连上服务器，请稍后再试" };
    if (answer.ok) return { answer };
    const problem = await answer.json().catch(() => ({}));
    return { told: problem.detail || "没有办成，请稍后再试" };
  }

  // The list is drawn anew, by the same way as after a click on its tab.
  function reload(search) {
    const link = document.createElement("a");
    link.href = search;
    root.querySelector(".hw-main").append(link);
    link.click();
  }

  async function look(form) {
    const field = form.elements.file;
    const place = root.querySelector(".hw-intakes");
    busy(form, true);
    const failed = [];
    for (const [number, file] of [...field.files].entries()) {
      tell(form, `正在识别 ${number + 1}/${field.files.length}：${file.name}`);
      const body = new FormData();
      body.append("file", file);
      const { answer, told } = await send("POST", form.dataset.check, body);
      if (!answer) {
        failed.push(told.startsWith(file.name) ? told : `${file.name}：${told}`);
        continue;
      }
      const box = document.createElement("div");
      box.innerHTML = await answer.text(); // escaped by the server
      const card = box.firstElementChild;
      files.set(card, file);
      place.append(card);
      if (number === 0) card.querySelector("h2").focus();
    }
    busy(form, false);
    field.value = "";
    tell(form, failed.join(" "));
  }

  async function take(form) {
    const card = form.closest(".hw-intake");
    const body = new FormData(form);
    body.append("file", files.get(card));
    busy(form, true);
    tell(form, "正在收入文件库…");
    const { answer, told } = await send(form.dataset.method, form.dataset.take, body);
    busy(form, false);
    if (!answer) return tell(form, told);
    const { document: made } = await answer.json();
    const left = root.querySelectorAll(".hw-intake").length;
    if (left === 1) return reload(`?tab=library&new=${encodeURIComponent(made.document_id)}`);
    const line = document.createElement("p");
    line.className = "hw-card";
    line.textContent = `✓ 已收入《${made.title}》，编号 ${made.document_id}`;
    card.replaceWith(line);
  }

  async function remove(form) {
    busy(form, true);
    const path = `/api/v1/documents/${encodeURIComponent(form.dataset.remove)}`;
    const { answer, told } = await send("DELETE", path);
    busy(form, false);
    if (answer) reload("?tab=library");
    else tell(form, told);
  }

  root.addEventListener("submit", (event) => {
    const form = event.target;
    const job = form.dataset.check ? look : form.dataset.take ? take : form.dataset.remove ? remove : null;
    if (!job) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    job(form);
  });
  root.addEventListener("click", (event) => {
    const button = event.target.closest("[data-drop]");
    if (button) button.closest(".hw-intake").remove();
  });
})();
