// Pictures of a heap in a page. Java has worked out what every block is (HeapPicture.json()); here it
// is only drawn: one path a state, so that thousands of blocks are as quick as ten, and buttons on
// top for mouse, keyboard and screen reader. Plain functions, to be put in front of other scripts.

const HEAP_STATES = {
  live: 'in use', hole: 'freed', free: 'never used', padding: 'padding', header: 'header',
  bump: 'given back, still taken',
};

const PICTURE_CSS = `
.hc-picture, .hc-root { --hc-paper: #fff; --hc-ink: #1b1b1b; --hc-live: #2b66b0; --hc-on-live: #fff;
  --hc-hole: #fdeee0; --hc-hole-ink: #9a4b00; --hc-free: #fff; --hc-padding: #e4e4e4;
  --hc-padding-ink: #6b6b6b; --hc-header: #4a4a4a; --hc-bump: #efe6f7; --hc-bump-ink: #6b3fa0;
  --hc-edge: #3c3c3c; --hc-focus: #b3003c; }
@media (prefers-color-scheme: dark) {
  .hc-picture:not([data-theme="light"]), .hc-root:not([data-theme="light"]) {
    --hc-paper: #16181b; --hc-ink: #ececec; --hc-live: #7db4f2; --hc-on-live: #0d1c2e;
    --hc-hole: #3a2510; --hc-hole-ink: #f0a35a; --hc-free: #16181b; --hc-padding: #35383c;
    --hc-padding-ink: #a9adb2; --hc-header: #b9bdc2; --hc-bump: #2d2140; --hc-bump-ink: #c4a0f0;
    --hc-edge: #d0d0d0; --hc-focus: #ff9db6; }
}
.hc-picture[data-theme="dark"], .hc-root[data-theme="dark"] {
  --hc-paper: #16181b; --hc-ink: #ececec; --hc-live: #7db4f2; --hc-on-live: #0d1c2e;
  --hc-hole: #3a2510; --hc-hole-ink: #f0a35a; --hc-free: #16181b; --hc-padding: #35383c;
  --hc-padding-ink: #a9adb2; --hc-header: #b9bdc2; --hc-bump: #2d2140; --hc-bump-ink: #c4a0f0;
  --hc-edge: #d0d0d0; --hc-focus: #ff9db6; }
.hc-picture { color: var(--hc-ink); font: 14px/1.4 system-ui, sans-serif; min-width: 0; }
.hc-strip { position: relative; margin: 4px 0 8px; overflow: hidden; }
.hc-strip svg { display: block; width: 100%; height: 100%; overflow: hidden; }
.hc-strip path { stroke: var(--hc-edge); stroke-width: .75; }
.hc-strip .hc-dense path { stroke: none; }
.hc-live { fill: var(--hc-live); }
.hc-free { fill: var(--hc-free); }
.hc-header { fill: var(--hc-header); }
.hc-strip .hc-changed { fill: none; stroke: var(--hc-focus); stroke-width: 3; }
.hc-strip text { font: 600 12px system-ui, sans-serif; text-anchor: middle; pointer-events: none; }
.hc-on-live { fill: var(--hc-on-live); }
.hc-on-bump { fill: var(--hc-ink); stroke: var(--hc-bump); stroke-width: 4; paint-order: stroke; }
.hc-block { position: absolute; margin: 0; padding: 0; border: 0; background: none; min-width: 2px; }
.hc-block:focus-visible { outline: 3px solid var(--hc-focus); outline-offset: -3px;
  box-shadow: inset 0 0 0 5px var(--hc-paper); }
.hc-clickable .hc-block, .hc-clickable .hc-strip { cursor: pointer; }
.hc-detail { min-height: 1.4em; margin: 0 0 6px; overflow-wrap: anywhere; }
.hc-legend { list-style: none; display: flex; flex-wrap: wrap; gap: 4px 18px; margin: 4px 0;
  padding: 0; color: var(--hc-ink); }
.hc-legend li { display: flex; align-items: center; gap: 6px; margin: 0; }
.hc-legend svg { display: block; }
.hc-legend rect { stroke: var(--hc-edge); stroke-width: 1.5; }
.hc-defs { position: absolute; width: 0; height: 0; }
.hc-ground-hole { fill: var(--hc-hole); }
.hc-ground-padding { fill: var(--hc-padding); }
.hc-ground-bump { fill: var(--hc-bump); }
.hc-ink-hole { stroke: var(--hc-hole-ink); stroke-width: 1.5; fill: none; }
.hc-ink-padding { fill: var(--hc-padding-ink); }
.hc-ink-bump { stroke: var(--hc-bump-ink); stroke-width: 1.25; fill: none; }
@media (forced-colors: active) { .hc-picture svg, .hc-legend svg { forced-color-adjust: none; } }
`;

const HEAP_ROW = 32;        // pixels
const HEAP_ROW_GAP = 4;
const HEAP_BLOCKS_A_ROW = 48;
const HEAP_MOST_ROWS = 12;
const HEAP_MOST_BUTTONS = 120;
const HEAP_DENSE = 4;       // pixels a block, on average: narrower ones get no edges

function svgElement(name, attributes = {}) {
  const element = document.createElementNS('http://www.w3.org/2000/svg', name);
  for (const key in attributes) element.setAttribute(key, attributes[key]);
  return element;
}

function htmlElement(name, className = '', text = '') {
  const element = document.createElement(name);
  if (className) element.className = className;
  if (text) element.textContent = text;
  return element;
}

// JupyterLab says its theme on the body; anywhere else the reader's own preference holds.
function followTheme(element) {
  const follow = () => {
    const light = document.body?.dataset.jpThemeLight;
    if (light) element.dataset.theme = light === 'true' ? 'light' : 'dark';
  };
  follow();
  new MutationObserver(follow).observe(document.body,
    { attributes: true, attributeFilter: ['data-jp-theme-light'] });
}

// The patterns by which states are told apart; each picture has its own, since a page may hide others.
function heapPatterns(uid) {
  const svg = svgElement('svg', { class: 'hc-defs', 'aria-hidden': 'true', focusable: 'false' });
  const defs = svg.appendChild(svgElement('defs'));
  const pattern = (state, size, ink) => {
    const it = svgElement('pattern', { id: `${uid}-${state}`, width: size, height: size,
      patternUnits: 'userSpaceOnUse' });
    it.append(svgElement('rect', { class: `hc-ground-${state}`, width: size, height: size }), ink);
    defs.append(it);
  };
  pattern('hole', 8, svgElement('path', { class: 'hc-ink-hole', style: 'stroke:var(--hc-hole-ink)',
    d: 'M-2 2l4-4M0 8l8-8M6 10l4-4' }));
  pattern('padding', 5, svgElement('rect', { class: 'hc-ink-padding', x: 1, y: 1, width: 2, height: 2 }));
  pattern('bump', 8, svgElement('path', { class: 'hc-ink-bump', style: 'stroke:var(--hc-bump-ink)',
    d: 'M0 0l8 8M8 0l-8 8' }));
  return svg;
}

function paint(element, state, uid) {
  if (state === 'hole' || state === 'padding' || state === 'bump') {
    element.setAttribute('fill', `url(#${uid}-${state})`);
  } else {
    element.classList.add(`hc-${state}`);
  }
  return element;
}

function heapUid() {
  return 'hc' + Math.random().toString(36).slice(2);
}

// What the patterns mean, for the states that occur.
function drawLegend(states, uid = heapUid()) {
  const list = htmlElement('ul', 'hc-legend');
  list.setAttribute('aria-label', 'Legend');
  states.forEach(state => {
    const swatch = svgElement('svg', { width: 24, height: 16, 'aria-hidden': 'true' });
    swatch.append(paint(svgElement('rect', { x: 1, y: 1, width: 22, height: 14 }), state, uid));
    const item = htmlElement('li');
    item.append(swatch, HEAP_STATES[state]);
    list.append(item);
  });
  return list;
}

// A block in a sentence; the same words as Java's.
function blockWords(block) {
  return `${block.bytes === 1 ? '1 byte' : `${block.bytes} bytes`} ${HEAP_STATES[block.state]}`
    + (block.label ? `, block ${block.label}` : '') + (block.by ? `, by ${block.by}` : '');
}

function blockAddress(piece, block) {
  return '0x' + (BigInt(piece.start) + BigInt(block.at)).toString(16);
}

// A picture as an element. `onBlock(block, piece, address)` is called for a click, Enter or Space on
// a block; `focusable` lets the keyboard walk over the blocks (arrows, Home, End) and says each in
// words; `description` is what a screen reader calls the picture; `rows` fixes in how many rows a
// piece is drawn, so that it does not jump while blocks come and go. The element has a method
// `redraw(picture, {description, changed, hasty})`: `changed` is an operation whose blocks are marked;
// a hasty redraw leaves the buttons where they are, until `settle()` or the next redraw.
function drawPicture(picture, options = {}) {
  const { onBlock, focusable = false, legend = true, rows = 0 } = options;
  const uid = heapUid();
  const root = htmlElement('div', 'hc-picture' + (onBlock ? ' hc-clickable' : ''));
  const strips = root.appendChild(htmlElement('div', 'hc-strips'));
  strips.setAttribute('role', focusable || onBlock ? 'group' : 'img');
  const detail = htmlElement('p', 'hc-detail');
  detail.setAttribute('aria-hidden', 'true');
  const key = htmlElement('div');
  root.append(heapPatterns(uid), detail);
  if (legend) root.append(key);
  followTheme(root);

  let width = 640;
  let shown = null;         // the picture as last drawn
  let changed = '';
  // Every block and where it is drawn. Today's addresses are below 2^48, so a number holds them.
  let places = [];
  let current = 0;          // the block that the keyboard stands on
  let keyed = '';           // the states in the legend
  let settled = true;       // whether the buttons stand where the blocks are
  let from = 0;             // the address that the keyboard stands on
  const pool = [];          // of buttons
  const stripPool = [];

  function stripAt(index) {
    while (stripPool.length <= index) {
      const box = htmlElement('div', 'hc-strip');
      const svg = box.appendChild(svgElement('svg', { 'aria-hidden': 'true', focusable: 'false' }));
      const paths = {};
      Object.keys(HEAP_STATES).forEach(state => {
        paths[state] = svg.appendChild(paint(svgElement('path'), state, uid));
      });
      paths.changed = svg.appendChild(svgElement('path', { class: 'hc-changed' }));
      const strip = { box, svg, paths, labels: svg.appendChild(svgElement('g')), texts: [] };
      box.addEventListener('pointermove', event => look(placeUnder(strip, event)));
      box.addEventListener('pointerleave', () => look(null));
      box.addEventListener('click', event => {
        if (!event.target.closest('button')) press(placeUnder(strip, event));
      });
      stripPool.push(strip);
    }
    return stripPool[index];
  }

  function rowsOf(piece) {
    return rows || Math.min(HEAP_MOST_ROWS, Math.max(1, Math.ceil(piece.blocks.length / HEAP_BLOCKS_A_ROW)));
  }

  function drawStrip(piece, strip, largest) {
    const rowCount = rowsOf(piece);
    const bytesARow = Math.max(1, Math.ceil(piece.bytes / rowCount));
    const scale = (rowCount > 1 ? width - 2 : Math.max(4, (width - 2) * piece.bytes / largest)) / bytesARow;
    const d = { live: '', hole: '', free: '', padding: '', header: '', bump: '', changed: '' };
    const base = Number(piece.start);
    const dense = piece.blocks.length * HEAP_DENSE > rowCount * width;
    let run = null;           // where blocks are dense, neighbours in one state are one rectangle
    let texts = 0;
    for (const block of piece.blocks) {
      let offset = block.at;
      const end = offset + block.bytes;
      let first = true;
      while (offset < end) {
        const row = Math.floor(offset / bytesARow);
        const rowEnd = Math.min(end, (row + 1) * bytesARow);
        const x = Math.round(((offset - row * bytesARow) * scale + 1) * 10) / 10;
        const w = Math.round((rowEnd - offset) * scale * 10) / 10;
        const y = row * (HEAP_ROW + HEAP_ROW_GAP) + 1;
        if (run && dense && run.state === block.state && run.y === y) {
          run.end = x + w;
        } else {
          if (run) d[run.state] += rectangle(run.x, run.y, run.end - run.x);
          run = { state: block.state, x, y, end: x + w };
        }
        if (changed && block.by === changed) d.changed += rectangle(x, y, w);
        if (first) {
          places.push({ piece, block, strip, x, y, w, address: base + block.at });
          if (block.label && w > 8 * block.label.length + 4) label(strip, texts++, block, x + w / 2, y + 20);
          first = false;
        }
        offset = rowEnd;
      }
    }
    if (run) d[run.state] += rectangle(run.x, run.y, run.end - run.x);
    strip.svg.classList.toggle('hc-dense', dense);
    for (const state in d) {
      if (strip.paths[state].heapPath !== d[state]) {
        strip.paths[state].heapPath = d[state];
        strip.paths[state].setAttribute('d', d[state]);
      }
    }
    while (strip.texts.length > texts) strip.texts.pop().remove();
    strip.bytesARow = bytesARow;
    strip.scale = scale;
    strip.piece = piece;
    const height = `${rowCount * (HEAP_ROW + HEAP_ROW_GAP)}px`;
    if (strip.box.style.height !== height) strip.box.style.height = height;
  }

  function rectangle(x, y, w) {
    const rounded = Math.round(w * 10) / 10;
    return `M${x} ${y}h${rounded}v${HEAP_ROW - 2}h${-rounded}z`;
  }

  function label(strip, index, block, x, y) {
    if (index === strip.texts.length) strip.texts.push(strip.labels.appendChild(svgElement('text')));
    const text = strip.texts[index];
    const style = `hc-on-${block.state}`;
    if (text.textContent !== block.label) text.textContent = block.label;
    if (text.heapX !== x) text.setAttribute('x', text.heapX = x);
    if (text.heapY !== y) text.setAttribute('y', text.heapY = y);
    if (text.heapStyle !== style) text.setAttribute('class', text.heapStyle = style);
  }

  function placeUnder(strip, event) {
    const bounds = strip.box.getBoundingClientRect();
    const row = Math.floor((event.clientY - bounds.top) / (HEAP_ROW + HEAP_ROW_GAP));
    const offset = row * strip.bytesARow + (event.clientX - bounds.left - 1) / strip.scale;
    return places.find(({ piece, block }) => piece === strip.piece && block.at <= offset
      && offset < block.at + block.bytes) || null;
  }

  function look(place) {
    detail.textContent = place ? `${blockAddress(place.piece, place.block)} (+${place.block.at}): `
      + blockWords(place.block) : '';
  }

  function press(place) {
    if (place && onBlock) onBlock(place.block, place.piece, blockAddress(place.piece, place.block));
  }

  // All blocks have a button; where they are too many for that, the one that the keyboard stands on.
  function drawButtons() {
    if (!focusable && !onBlock) return;
    const all = places.length <= HEAP_MOST_BUTTONS;
    const wanted = all ? places.length : Math.min(1, places.length);
    while (pool.length > wanted) pool.pop().remove();
    while (pool.length < wanted) pool.push(newButton());
    pool.forEach((button, i) => aim(button, all ? i : current));
  }

  function newButton() {
    const button = htmlElement('button', 'hc-block');
    button.type = 'button';
    button.addEventListener('focus', () => {
      root.settle();
      current = button.heapIndex;
      look(places[current]);
    });
    button.addEventListener('blur', () => look(null));
    button.addEventListener('click', () => press(places[button.heapIndex]));
    return button;
  }

  function aim(button, index) {
    const { piece, block, strip, x, y, w } = places[index];
    button.heapIndex = index;
    if (button.parentNode !== strip.box) strip.box.append(button);
    const style = `left:${x}px;top:${y}px;width:${w}px;height:${HEAP_ROW - 2}px`;
    if (button.heapStyle !== style) button.style.cssText = button.heapStyle = style;
    const words = `${blockWords(block)}, at ${blockAddress(piece, block)}`;
    if (button.heapWords !== words) button.setAttribute('aria-label', button.heapWords = words);
    button.tabIndex = index === current ? 0 : -1;
  }

  function moveTo(index) {
    if (index < 0 || index >= places.length || index === current) return;
    current = index;
    if (places.length > HEAP_MOST_BUTTONS) {
      // A new button, not the old one elsewhere: then a screen reader says its name.
      const old = pool.pop();
      pool.push(newButton());
      drawButtons();
      pool[0].focus();
      old.remove();
    } else {
      pool[index].focus();
      drawButtons();
    }
  }

  root.addEventListener('keydown', event => {
    if (!event.target.classList.contains('hc-block')) return;
    root.settle();
    const to = { ArrowRight: current + 1, ArrowDown: current + 1, ArrowLeft: current - 1,
      ArrowUp: current - 1, Home: 0, End: places.length - 1 }[event.key];
    if (to !== undefined && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      event.stopPropagation();
      moveTo(to);
    }
  });

  function drawKey() {
    if (!legend) return;
    const states = Object.keys(HEAP_STATES).filter(state =>
      places.some(({ block }) => block.state === state));
    if (states.join() !== keyed) {
      keyed = states.join();
      key.replaceChildren(drawLegend(states, uid));
    }
  }

  function draw() {
    places = [];
    const largest = Math.max(1, ...shown.pieces.map(piece => piece.bytes));
    shown.pieces.forEach((piece, i) => drawStrip(piece, stripAt(i), largest));
    const boxes = stripPool.slice(0, shown.pieces.length).map(strip => strip.box);
    if (boxes.length !== strips.childElementCount || boxes.some((box, i) => box !== strips.children[i])) {
      strips.replaceChildren(...boxes);
    }
    drawKey();
  }

  root.redraw = (next, { description = options.description || '', changed: by = '', hasty = false } = {}) => {
    if (settled && places.length) from = places[current].address;
    shown = next;
    changed = by;
    strips.setAttribute('aria-label', description || 'The heap');
    draw();
    current = 0;
    settled = false;
    if (!hasty) root.settle();
  };

  root.settle = () => {
    if (settled) return;
    settled = true;
    const focused = pool.includes(root.getRootNode().activeElement);
    // The keyboard stays where it stood, on whatever block is there now.
    current = Math.max(0, places.findLastIndex(place => place.address <= from));
    drawButtons();
    if (focused && places.length) {
      (places.length > HEAP_MOST_BUTTONS ? pool[0] : pool[current]).focus({ preventScroll: true });
    }
  };
  root.redraw(picture);
  new ResizeObserver(() => {
    const now = strips.clientWidth;
    if (now > 0 && now !== width) {
      width = now;
      draw();
      settled = false;
      root.settle();
    }
  }).observe(strips);
  return root;
}
