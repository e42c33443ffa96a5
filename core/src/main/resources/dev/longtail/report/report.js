
(function () {
  "use strict";

  // Columns of the table: identifier and name first, then numbers. A row of the data is
  // [id, name, training, test, suggested@k, right@k, suggested@next k, ...].
  function byId(id) { return document.getElementById("label-" + id); }
  var data = JSON.parse(byId("data").textContent);
  var rows = data.labels;
  var texts = rows.map(function (row) { return (row[1] + " " + row[0]).toLowerCase(); });
  var body = byId("table").tBodies[0];
  var headers = Array.prototype.slice.call(byId("table").tHead.rows[0].cells);
  var shown = [];
  var page = 0;
  var sorted = { column: 3, down: true };

  function title(row) { return row[1] || row[0]; }

  function ratio(part, whole) { return whole === 0 ? NaN : part / whole; }

  // Value of a column at the chosen number of suggestions; NaN where there is none.
  function value(row, column) {
    var at = 4 + 2 * Number(byId("cutoff").value);
    switch (column) {
      case 0: return title(row);
      case 1: return row[0];
      case 2: case 3: return row[column];
      case 4: return row[at];
      case 5: return row[at + 1];
      case 6: return ratio(row[at + 1], row[at]);
      case 7: return ratio(row[at + 1], row[3]);
      default: return ratio(2 * row[at + 1], row[at] + row[3]);
    }
  }

  function band(row) {
    return row[2] >= data.headFrom ? "head" : row[2] >= data.middleFrom ? "middle" : "tail";
  }

  // Rows without a value come last in both directions; equal ones keep the order of the data.
  function comparator(keys) {
    var collator = new Intl.Collator(undefined, { numeric: true });
    var text = sorted.column < 2;
    var sign = sorted.down ? -1 : 1;
    return function (a, b) {
      if (text) { return sign * collator.compare(keys[a], keys[b]); }
      var missing = (keys[a] !== keys[a]) - (keys[b] !== keys[b]);
      return missing || (keys[a] === keys[b] || keys[a] !== keys[a] ? a - b : sign * (keys[a] - keys[b]));
    };
  }

  function select() {
    var words = byId("filter").value.toLowerCase().split(/\s+/);
    var wanted = byId("band").value;
    shown = [];
    for (var i = 0; i < rows.length; i++) {
      var fits = words.every(function (word) { return texts[i].indexOf(word) >= 0; });
      if (fits && (!wanted || band(rows[i]) === wanted)) { shown.push(i); }
    }
    var keys = rows.map(function (row) { return value(row, sorted.column); });
    shown.sort(comparator(keys));
    page = 0;
    show();
  }

  function cell(name, text) {
    var element = document.createElement(name);
    element.textContent = text;
    return element;
  }

  function text(row, column) {
    var found = value(row, column);
    if (column < 6) { return String(found); }
    return found !== found ? "-" : (100 * found).toFixed(1);
  }

  function show() {
    var size = Number(byId("rows").value);
    var pages = Math.max(1, Math.ceil(shown.length / size));
    var fragment = document.createDocumentFragment();
    shown.slice(page * size, (page + 1) * size).forEach(function (index) {
      var line = document.createElement("tr");
      headers.forEach(function (ignored, column) {
        var element = cell(column === 0 ? "th" : "td", text(rows[index], column));
        if (column === 0) { element.scope = "row"; }
        line.appendChild(element);
      });
      fragment.appendChild(line);
    });
    body.textContent = "";
    body.appendChild(fragment);
    byId("status").textContent = shown.length.toLocaleString("en") + " of " + rows.length.toLocaleString("en")
      + " labels";
    byId("page").textContent = "page " + (page + 1) + " of " + pages.toLocaleString("en");
    byId("previous").disabled = page === 0;
    byId("next").disabled = page + 1 >= pages;
    headers.forEach(function (header, column) {
      if (column === sorted.column) {
        header.setAttribute("aria-sort", sorted.down ? "descending" : "ascending");
      } else {
        header.removeAttribute("aria-sort");
      }
    });
  }

  function turn(by) {
    return function () { page += by; show(); };
  }

  headers.forEach(function (header, column) {
    var button = cell("button", header.textContent);
    button.type = "button";
    button.addEventListener("click", function () {
      sorted = { column: column, down: sorted.column === column ? !sorted.down : column > 1 };
      select();
    });
    header.textContent = "";
    header.appendChild(button);
  });
  ["filter", "band", "cutoff"].forEach(function (id) { byId(id).addEventListener("input", select); });
  byId("rows").addEventListener("input", function () { page = 0; show(); });
  byId("controls").addEventListener("submit", function (event) { event.preventDefault(); });
  byId("previous").addEventListener("click", turn(-1));
  byId("next").addEventListener("click", turn(1));
  byId("controls").hidden = false;
  byId("pages").hidden = false;
  select();

  // On paper everything is open.
  window.addEventListener("beforeprint", function () {
    document.querySelectorAll("details").forEach(function (details) { details.open = true; });
  });
})();
