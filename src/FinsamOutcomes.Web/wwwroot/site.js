// What makes the pages faster; everything works without it.
"use strict";

// Answers from paper: a number moves on by itself when no longer number is possible, Enter moves on, Enter in the last
// question saves. A field that already held something is being changed, and waits.
function answersFromPaper(form) {
  const fields = Array.from(form.querySelectorAll("[data-question] input"));
  let wasEmpty = true;

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

  // An impatient second Enter must not send the paper twice.
  let isSent = false;
  form.addEventListener("submit", function (event) {
    if (isSent) {
      event.preventDefault();
    }
    isSent = true;
  });
}

document.querySelectorAll("form[data-answers]").forEach(answersFromPaper);
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

// Copy buttons: hidden until they can work. What was copied is said to screen readers too.
if (navigator.clipboard) {
  const status = document.getElementById("kopierat");
  for (const button of document.querySelectorAll("[data-copy]")) {
    const label = button.firstChild;
    const text = label.textContent;
    button.hidden = false;
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(button.dataset.copy);
      label.textContent = "Kopierat";
      if (status) status.textContent = button.dataset.copy + " är kopierat";
      setTimeout(() => { label.textContent = text; }, 2000);
    });
  }
}
