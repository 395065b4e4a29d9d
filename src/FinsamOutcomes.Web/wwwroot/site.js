// What makes the pages faster; everything works without it.
"use strict";

// Answers from paper: a number moves on by itself when no longer number is possible, Enter moves on, Enter in the last
// question saves. A field that already held something is being changed, and waits.
function answersFromPaper(form) {
  const fields = Array.from(form.querySelectorAll("[data-question] input"));
  let wasEmpty = true;
  form.querySelectorAll(".by-script").forEach((text) => { text.hidden = false; });

  function move(from, to) {
    const next = fields[to];
    if (next && next !== from) {
      next.focus();
      next.select();
    }
  }

  // Whether the text is a whole answer that another digit could only take outside the scale.
  function isWhole(field, text) {
    const min = Number(field.dataset.min);
    const max = Number(field.dataset.max);
    if (/^[evo]$/i.test(text)) {
      return true;
    }
    if (!/^\d+$/.test(text) || min < 0) {
      return false;
    }
    const number = Number(text);
    return number >= min && number <= max && (number === 0 || number * 10 > max);
  }

  fields.forEach(function (field, place) {
    // A phone's number keys have no letters: buttons stand in for them.
    if (Number(field.dataset.min) >= 0) {
      field.inputMode = "numeric";
      const row = document.createElement("div");
      row.className = "missing-buttons";
      [["e", "Ej tillfrågad"], ["v", "Ville inte svara"], ["o", "Vet inte"]].forEach(function (code) {
        const button = document.createElement("button");
        button.type = "button";
        button.tabIndex = -1;
        button.className = "missing-button";
        button.textContent = code[1];
        button.addEventListener("click", function () {
          field.value = code[0];
          move(field, place + 1);
        });
        row.append(button);
      });
      field.closest("[data-question]").append(row);
      field.form.classList.add("has-buttons");
    }
    field.addEventListener("focus", function () {
      wasEmpty = field.value === "";
    });
    field.addEventListener("input", function (event) {
      if (wasEmpty && !event.isComposing && isWhole(field, field.value.trim())) {
        move(field, place + 1);
      }
    });
    field.addEventListener("keydown", function (event) {
      if (event.key === "Enter" && place < fields.length - 1) {
        event.preventDefault();
        move(field, place + 1);
      }
    });
  });
}

document.querySelectorAll("form[data-answers]").forEach(answersFromPaper);

// Ticks every row of a list at once.
document.querySelectorAll("form[data-tick-all]").forEach(function (form) {
  const boxes = Array.from(form.querySelectorAll("tbody input[type=checkbox]"));
  const head = form.querySelector("thead th");
  if (!head || boxes.length < 2) {
    return;
  }
  head.innerHTML = '<div class="checkbox"><input type="checkbox" class="checkbox__input" id="val-alla"><label class="checkbox__label" for="val-alla"><span class="sr-only">Välj alla på sidan</span></label></div>';
  const all = head.querySelector("input");
  all.addEventListener("change", function () {
    boxes.forEach(function (box) { box.checked = all.checked; });
  });
  form.addEventListener("change", function () {
    const ticked = boxes.filter(function (box) { return box.checked; }).length;
    all.checked = ticked === boxes.length;
    all.indeterminate = ticked > 0 && ticked < boxes.length;
  });
});

// Ctrl+Enter saves from any field of a form: from a list, too, where Enter alone sends nothing.
document.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
  const form = event.target.form || event.target.closest("form");
  const button = form && form.querySelector("button[type=submit].button--primary");
  if (!button) return;
  event.preventDefault();
  form.requestSubmit(button);
});

// A passkey is made or shown before its form is sent. The form is hidden where the browser has none, or none of the script.
function withPasskey(form) {
  const isNew = form.dataset.passkey === "create";
  const read = window.PublicKeyCredential && (isNew ? PublicKeyCredential.parseCreationOptionsFromJSON : PublicKeyCredential.parseRequestOptionsFromJSON);
  if (!read) return;
  form.hidden = false;
  document.querySelectorAll("[data-passkey-missing]").forEach((text) => text.remove());
  const failed = form.querySelector("[data-passkey-failed]");
  const answer = form.querySelector("[name=credential]");
  let isAsking = false;
  // Before those that send the form, which never see it until there is an answer to send.
  form.addEventListener("submit", async (event) => {
    if (answer.value !== "") return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (isAsking) return;
    isAsking = true;
    failed.hidden = true;
    try {
      const question = await fetch(form.dataset.passkeyOptions, {
        method: "POST",
        body: new URLSearchParams({ __RequestVerificationToken: form.querySelector("[name=__RequestVerificationToken]").value }),
      });
      if (!question.ok) throw new Error(String(question.status));
      const publicKey = read.call(PublicKeyCredential, await question.json());
      const made = isNew ? await navigator.credentials.create({ publicKey }) : await navigator.credentials.get({ publicKey });
      answer.value = JSON.stringify(made.toJSON());
      form.requestSubmit();
    } catch (error) {
      failed.textContent = error.name === "InvalidStateError"
        ? "Den här enheten har redan en passkey till ditt konto."
        : "Det blev inget av det. Enheten svarade inte, eller så avbröts det. Försök igen.";
      failed.hidden = false;
    }
    isAsking = false;
  }, { capture: true });
}
document.querySelectorAll("form[data-passkey]").forEach(withPasskey);

// A form is sent once, however impatient the click. Who has been away is asked for before anything is sent: a session that
// has ended would take what was typed with it. Typing keeps the session alive.
const isSignedIn = document.querySelector(".user") !== null;
const patience = 5000;
const longAgo = 10 * 60000;
let answeredAt = Date.now();

async function session() {
  try {
    const answer = await fetch("/konto", { method: "HEAD", redirect: "manual", cache: "no-store" });
    if (answer.type === "opaqueredirect") return "ended";
    answeredAt = Date.now();
    return "alive";
  } catch {
    return "unreachable";
  }
}

function tellWhyNotSent(form, state) {
  let box = form.querySelector(".not-sent");
  if (!box) {
    box = document.createElement("div");
    box.className = "message-box message-box--warning not-sent";
    box.setAttribute("role", "alert");
    box.tabIndex = -1;
    form.prepend(box);
  }
  box.innerHTML = state === "ended"
    ? '<h2 class="message-box__heading">Inget har sparats: du är inte inloggad längre</h2><p class="message-box__text">Det du har skrivit står kvar här. <a class="anchor" href="/logga-in" target="_blank">Logga in i en ny flik</a>, kom tillbaka hit och tryck på knappen igen.</p>'
    : '<h2 class="message-box__heading">Inget har sparats: servern svarar inte</h2><p class="message-box__text">Det du har skrivit står kvar här. Kontrollera nätet och tryck på knappen igen om en stund.</p>';
  box.focus();
}

function sendOnce(form) {
  let [sentAt, sentBy] = [0, null];
  form.addEventListener("submit", async (event) => {
    if (Date.now() - sentAt < patience && event.submitter === sentBy) {
      event.preventDefault();
      return;
    }
    [sentAt, sentBy] = [Date.now(), event.submitter];
    if (!isSignedIn || Date.now() - answeredAt < longAgo) return;
    event.preventDefault();
    const state = await session();
    sentAt = 0;
    if (state === "alive") form.requestSubmit(event.submitter);
    else tellWhyNotSent(form, state);
  });
}
// One that sends a file waits for its answer itself.
document.querySelectorAll("form[method=post]:not([data-upload])").forEach(sendOnce);

let isAsking = false;
document.addEventListener("input", async () => {
  if (!isSignedIn || isAsking || Date.now() - answeredAt < longAgo) return;
  isAsking = true;
  await session();
  isAsking = false;
});

// What was just done is where reading begins, unless typing goes on: then it is said from a place of its own, since a
// message that stands there when the page opens is not read out.
const done = document.getElementById("klart");
if (done && document.querySelector("main [autofocus]")) {
  const said = document.createElement("div");
  said.className = "sr-only";
  said.setAttribute("role", "status");
  document.body.append(said);
  setTimeout(() => { said.textContent = done.querySelector(".message-box__text").textContent; }, 300);
} else if (done && !location.hash) {
  done.tabIndex = -1;
  done.focus();
}

// A list of what is under way (data-refresh: seconds) is fetched anew until nothing is. Focus stays where it was.
function refresh() {
  const part = document.querySelector("[data-refresh]");
  if (!part) return;
  setTimeout(async () => {
    try {
      const answer = await fetch(location.href);
      if (answer.ok && !answer.redirected) {
        const page = new DOMParser().parseFromString(await answer.text(), "text/html");
        const next = page.getElementById(part.id);
        const focused = part.contains(document.activeElement) ? document.activeElement.id : "";
        const open = [...part.querySelectorAll("details[open]")].map((d) => d.querySelector("[id]")?.id);
        if (next) {
          part.replaceWith(document.importNode(next, true));
          open.forEach((id) => id && document.getElementById(id)?.closest("details")?.setAttribute("open", ""));
          if (focused) document.getElementById(focused)?.focus();
        }
      }
    } catch {
      // The network was away for a moment: the next try is soon.
    }
    refresh();
  }, 1000 * Number(part.dataset.refresh));
}
refresh();

// What is closed on the screen is open on paper, also where the style sheet alone can't do it.
const opened = [];
window.addEventListener("beforeprint", () => {
  for (const part of document.querySelectorAll("details.in-print:not([open])")) {
    part.open = true;
    opened.push(part);
  }
});
window.addEventListener("afterprint", () => {
  for (const part of opened.splice(0)) part.open = false;
});

// The texts of an insats: the count of what is missing follows the typing, and what isn't saved isn't left without a word.
for (const form of document.querySelectorAll("form[data-texts]")) {
  const status = document.querySelector("[data-missing-of]");
  const fields = Array.from(form.querySelectorAll("textarea"));
  const read = fields.map((field) => field.value);
  let isLeaving = false;
  const isChanged = () => form.dataset.unsaved === "true" || fields.some((field, place) => field.value !== read[place]);
  form.addEventListener("input", () => {
    const missing = fields.filter((field) => field.value.trim() === "").length;
    const text = missing === 0 ? "Alla texter är skrivna." : missing + " av " + status.dataset.missingOf + " texter saknas.";
    const next = text + (isChanged() ? " Ändringarna är inte sparade än." : "");
    if (status.textContent !== next) status.textContent = next;
  });
  form.addEventListener("submit", () => { isLeaving = true; });
  window.addEventListener("beforeunload", (event) => {
    if (!isLeaving && isChanged()) event.preventDefault();
  });
}

// Copy buttons: hidden until they can work. What was copied is said to screen readers too.
if (navigator.clipboard) {
  const status = document.getElementById("kopierat");
  for (const button of document.querySelectorAll("[data-copy]")) {
    const label = button.firstChild;
    const text = label.textContent;
    button.hidden = false;
    button.addEventListener("click", async () => {
      let said = button.dataset.copied || button.dataset.copy + " är kopierat";
      try {
        await navigator.clipboard.writeText(button.dataset.copy);
        label.textContent = "Kopierat";
      } catch {
        said = "Webbläsaren lät inte sidan kopiera. Markera texten och kopiera som vanligt.";
        label.textContent = "Gick inte";
      }
      if (status) status.textContent = said;
      setTimeout(() => { label.textContent = text; }, 2000);
    });
  }
}

// A file that has been tried stays chosen: the answer is put in place on this page, so that it can be read in at once.
function upload(form) {
  const field = form.querySelector("input[type=file]");
  const status = form.querySelector("[data-upload-status]");
  const buttons = form.querySelectorAll("button");
  form.addEventListener("submit", (event) => {
    if (!field.files[0]) return;
    event.preventDefault();
    send(event.submitter?.getAttribute("formaction") || form.action, new FormData(form));
  });
  // A form in the answer is sent with the file that is chosen here, and what has been said of it.
  document.addEventListener("submit", (event) => {
    if (!event.target.matches("form[data-with-file]") || !field.files[0]) return;
    event.preventDefault();
    const body = new FormData(form);
    for (const [name, value] of new FormData(event.target)) {
      if (!name.startsWith("__")) body.append(name, value);
    }
    send(event.target.action, body);
  });
  async function send(address, body) {
    if (field.files[0].size > Number(form.dataset.largest)) {
      location.href = form.dataset.tooLarge;
      return;
    }
    buttons.forEach((button) => { button.disabled = true; });
    status.textContent = "Filen läses. En stor fil, eller en annan inläsning före den, kan ta en minut.";
    try {
      const answer = await fetch(address, { method: "POST", body });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const next = page.getElementById("resultat");
      if (next) {
        status.textContent = "";
        const result = document.importNode(next, true);
        result.querySelectorAll("[data-still-chosen]").forEach((part) => { part.hidden = false; });
        document.getElementById("resultat").replaceWith(result);
        document.title = page.title;
        form.querySelectorAll(".label__message--error").forEach((part) => part.remove());
        field.removeAttribute("aria-invalid");
        result.focus();
      } else if (answer.redirected) {
        location.href = answer.url;
      } else {
        document.querySelector("main").replaceChildren(...document.importNode(page.querySelector("main"), true).childNodes);
        document.title = page.title;
        document.querySelector("main").focus();
      }
    } catch {
      // A browser doesn't send a file that has been saved anew since it was chosen.
      field.value = "";
      status.textContent = "Filen kunde inte skickas. Har den ändrats sedan du valde den? Välj den igen.";
      field.focus();
    }
    buttons.forEach((button) => { button.disabled = false; });
  }
}
document.querySelectorAll("form[data-upload]").forEach(upload);

// A file that is taken leaves a receipt, and the page is shown anew with it; what is no file is shown as it came.
function download(form) {
  form.addEventListener("submit", async (event) => {
    if (event.defaultPrevented) return;
    event.preventDefault();
    const body = new FormData(form, event.submitter);
    try {
      const answer = await fetch(form.action, { method: "POST", body });
      const name = /filename="?([^";]+)/.exec(answer.headers.get("Content-Disposition") || "");
      if (!name) {
        location.href = answer.url;
        return;
      }
      const link = document.createElement("a");
      link.href = URL.createObjectURL(await answer.blob());
      link.download = name[1];
      link.click();
      setTimeout(() => {
        URL.revokeObjectURL(link.href);
        location.reload();
      }, 500);
    } catch {
      tellWhyNotSent(form, "unreachable");
    }
  });
}
document.querySelectorAll("form[data-download]").forEach(download);

// An insats of both orientations: the two names follow the one that both have, until somebody writes another.
for (const part of document.querySelectorAll("[data-both-names]")) {
  const name = part.closest("form").querySelector("[name='Input.Name']");
  const suffixes = { "Input.IndividualName": " – individinriktad", "Input.StructuralName": " – strukturövergripande" };
  for (const field of part.querySelectorAll("input")) {
    const suggested = () => name.value.trim() === "" ? "" : name.value.trim() + suffixes[field.name];
    let last = field.value === "" || field.value === suggested() ? suggested() : null;
    if (last !== null) field.value = last;
    name.addEventListener("input", () => {
      if (last === null || field.value !== last) return;
      last = suggested();
      field.value = last;
    });
  }
}
