/* On a page under review: draw a box, choose words by clicking the first and the last, and go from
   a mark on the picture to its entry in the list. Everything else on the desk works without it. */
"use strict";

const SMALL = 3; // points: a shorter drag was a click

function pointOn(sheet, event) {
  const at = new DOMPoint(event.clientX, event.clientY).matrixTransform(sheet.getScreenCTM().inverse());
  const { width, height } = sheet.viewBox.baseVal;
  return { x: Math.min(Math.max(at.x, 0), width), y: Math.min(Math.max(at.y, 0), height) };
}

function showBox(drawn, box) {
  drawn.setAttribute("x", box.left);
  drawn.setAttribute("y", box.top);
  drawn.setAttribute("width", box.right - box.left);
  drawn.setAttribute("height", box.bottom - box.top);
}

function setField(id, value) {
  document.getElementById(id).value = value;
}

function takeBox(box) {
  for (const side of ["left", "top", "right", "bottom"]) setField(side, box[side].toFixed(1));
  document.getElementById("box-words").textContent = "A box is drawn. Draw again to change it.";
}

function wordAt(sheet, point) {
  return [...sheet.querySelectorAll(".word")].find((word) => {
    const { x, y, width, height } = word.getBBox();
    return point.x >= x && point.x <= x + width && point.y >= y && point.y <= y + height;
  });
}

function chooseWords(sheet, first, last) {
  const from = Math.min(first.dataset.start, last.dataset.start);
  const to = Math.max(first.dataset.end, last.dataset.end);
  let count = 0;
  for (const word of sheet.querySelectorAll(".word")) {
    const inside = Number(word.dataset.start) >= from && Number(word.dataset.end) <= to;
    word.classList.toggle("chosen", inside);
    count += inside ? 1 : 0;
  }
  setField("start", from);
  setField("end", to);
  const words = count === 1 ? "1 word is chosen." : `${count} words are chosen.`;
  document.getElementById("chosen").textContent = `${words} Click another word to begin anew.`;
}

function clicked(sheet, state, event, point) {
  const word = wordAt(sheet, point);
  if (!word) return;
  const first = state.first && !state.complete ? state.first : word;
  state.complete = first !== word;
  state.first = first;
  chooseWords(sheet, first, word);
  const mark = document.elementsFromPoint(event.clientX, event.clientY).find((e) => e.dataset.mark);
  if (mark) document.getElementById(mark.dataset.mark)?.scrollIntoView({ block: "nearest" });
}

function prepare() {
  const sheet = document.getElementById("sheet");
  if (!sheet || sheet.dataset.ready) return;
  sheet.dataset.ready = "yes";
  document.getElementById("box").hidden = false;
  const drawn = document.getElementById("drawn");
  const state = { first: null, complete: false };
  let begun = null;
  sheet.addEventListener("pointerdown", (event) => {
    if (event.button !== 0 || event.pointerType === "touch") return;
    event.preventDefault();
    begun = pointOn(sheet, event);
    sheet.setPointerCapture(event.pointerId);
  });
  const boxTo = (event) => {
    const now = pointOn(sheet, event);
    return {
      left: Math.min(begun.x, now.x),
      top: Math.min(begun.y, now.y),
      right: Math.max(begun.x, now.x),
      bottom: Math.max(begun.y, now.y),
    };
  };
  const isBox = (box) => box.right - box.left > SMALL && box.bottom - box.top > SMALL;
  sheet.addEventListener("pointermove", (event) => {
    if (begun && isBox(boxTo(event))) showBox(drawn, boxTo(event));
  });
  sheet.addEventListener("pointerup", (event) => {
    if (!begun) return;
    const box = boxTo(event);
    if (isBox(box)) takeBox(box);
    else clicked(sheet, state, event, begun);
    begun = null;
  });
  sheet.addEventListener("click", (event) => {
    if (event.pointerType === "touch") clicked(sheet, state, event, pointOn(sheet, event));
  });
}

document.addEventListener("DOMContentLoaded", prepare);
document.addEventListener("htmx:afterSettle", prepare);
// A refused mark must be seen: htmx throws such answers away unless told otherwise.
document.addEventListener("htmx:beforeSwap", (event) => {
  const { xhr } = event.detail;
  if (xhr.status >= 400) {
    event.detail.shouldSwap = false;
    const page = new DOMParser().parseFromString(xhr.responseText, "text/html");
    const problem = page.querySelector(".problem");
    const review = document.getElementById("review");
    review.querySelector(".problem")?.remove();
    if (problem) {
      review.prepend(document.importNode(problem, true));
      review.querySelector(".problem").scrollIntoView({ block: "center" });
    }
  }
});
