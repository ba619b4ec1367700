// Plays a film of a heap (Film.java). Java has worked out every picture and has written down what is
// different from one to the next (Tokens.java); here these splices are applied, and the picture is
// drawn by heap.js, which stands before this file.

const FILM_CSS = `
.hc-root { color: var(--hc-ink); background: var(--hc-paper); border: 1px solid var(--hc-edge);
  border-radius: 4px; padding: 12px; font: 15px/1.45 system-ui, sans-serif; box-sizing: border-box; }
.hc-root *, .hc-root *::before { box-sizing: border-box; }
.hc-root p { margin: 6px 0; }
.hc-bar { display: flex; flex-wrap: wrap; gap: 6px; align-items: center; }
.hc-bar button, .hc-root table button { font: inherit; color: var(--hc-ink); background: var(--hc-padding);
  border: 1px solid var(--hc-edge); border-radius: 4px; padding: 4px 10px; min-height: 32px;
  cursor: pointer; }
.hc-root button:disabled { opacity: .55; cursor: default; }
.hc-root button:focus-visible, .hc-root input:focus-visible, .hc-root summary:focus-visible,
.hc-root .hc-scroll:focus-visible { outline: 3px solid var(--hc-focus); outline-offset: 2px; }
.hc-root .hc-block:focus-visible { outline-offset: -3px; }
.hc-slide { display: flex; gap: 10px; align-items: center; margin: 8px 0; }
.hc-slide input { flex: 1 1 auto; min-width: 60px; height: 28px; margin: 0; accent-color: var(--hc-live); }
.hc-now { font-weight: 600; overflow-wrap: anywhere; min-height: 1.45em; }
.hc-reel { margin: 10px 0; min-width: 0; }
.hc-title { font-weight: 600; overflow-wrap: anywhere; }
.hc-root .hc-facts { margin: 0 0 2px; overflow-wrap: anywhere; }
.hc-broken { border: 2px solid var(--hc-focus); border-radius: 4px; padding: 6px 10px;
  overflow-wrap: anywhere; white-space: pre-wrap; }
.hc-broken::before { content: "\\2718  "; font-weight: 700; }
.hc-note { font-style: italic; }
.hc-root details { margin: 8px 0; }
.hc-root summary { cursor: pointer; padding: 4px 0; }
.hc-scroll { overflow: auto; max-height: 22em; max-width: 100%; }
.hc-root table { border-collapse: collapse; }
.hc-root caption { text-align: left; padding: 2px 0; }
.hc-root th, .hc-root td { text-align: left; padding: 2px 12px 2px 0; vertical-align: baseline;
  border-bottom: 1px solid var(--hc-padding-ink); font-weight: 400; color: var(--hc-ink);
  background: var(--hc-paper); }
.hc-root thead th { font-weight: 600; }
.hc-root tr[aria-current] th, .hc-root tr[aria-current] td { font-weight: 700; }
.hc-root tr[aria-current] th::before { content: "\\25B8 "; }
.hc-root table button { padding: 0 6px; min-height: 26px; }
.hc-quiet { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%);
  white-space: nowrap; }
.hc-help { font-size: .92em; }
.hc-help kbd { border: 1px solid var(--hc-edge); border-radius: 3px; padding: 0 4px; font: inherit; }
`;

const FILM_STATES = { l: 'live', h: 'hole', f: 'free', p: 'padding', n: 'header', b: 'bump' };
const FILM_KEY_FRAME = 64;        // frames from one stored list of words to the next
const FILM_LIST = 21;             // operations shown around the current one
const FILM_MOST_WORDS = 200;      // blocks in the table
const FILM_LENGTH = 20000;        // milliseconds that a long film plays
const FILM_SLOWEST = 700;         // milliseconds from one operation to the next

// One heap's pictures. A picture is kept as a list of words, as Tokens.java describes.
class Reel {
  constructor(reel, operations) {
    Object.assign(this, reel);
    this.operations = operations;
    this.last = reel.changes.length - 1;
    this.blockOfWord = new Map();
    this.keyFrames = [];
    let words = [];
    reel.changes.forEach((changes, frame) => {
      Reel.splice(words, changes);
      if (frame % FILM_KEY_FRAME === 0) this.keyFrames.push(words.slice());
    });
    this.at = -1;
    this.words = [];
  }

  static splice(words, changes) {
    if (!changes) return;
    for (const splice of changes.split(';')) {
      const [index, gone, ...come] = splice.split(' ');
      words.splice(Number(index), Number(gone), ...come);
    }
  }

  // The list of words at a frame: from here on, if it is near, or from a stored one.
  seek(frame) {
    const to = Math.min(frame, this.last);
    const key = Math.floor(to / FILM_KEY_FRAME);
    if (this.at < key * FILM_KEY_FRAME || this.at > to) {
      this.words = this.keyFrames[key].slice();
      this.at = key * FILM_KEY_FRAME;
    }
    while (this.at < to) Reel.splice(this.words, this.changes[++this.at]);
    return this.words;
  }

  // The picture at a frame, as HeapPicture.json() has it.
  picture(frame) {
    const pieces = [];
    let piece = null;
    for (const word of this.seek(frame)) {
      if (word[0] === '@') {
        piece = { start: '0x' + word.slice(1), bytes: 0, blocks: [] };
        pieces.push(piece);
      } else {
        const { bytes, state, label, by } = this.block(word);
        piece.blocks.push({ at: piece.bytes, bytes, state, label, by });
        piece.bytes += bytes;
      }
    }
    return { pieces };
  }

  block(word) {
    let block = this.blockOfWord.get(word);
    if (!block) {
      const [, bytes, letter, operation] = /^(\d+)([a-z])(\d*)$/.exec(word);
      const by = operation === '' ? '' : this.operations[Number(operation)];
      const state = FILM_STATES[letter];
      const named = state === 'live' || state === 'bump';
      block = { bytes: Number(bytes), state, label: named ? by.split(' ')[1] || '' : '', by };
      this.blockOfWord.set(word, block);
    }
    return block;
  }
}

// A picture in a sentence; the same words as HeapPicture.summary().
function pictureWords(picture) {
  let all = 0, live = 0, liveBytes = 0, holes = 0, free = 0, largest = 0;
  picture.pieces.forEach(piece => piece.blocks.forEach(({ state, bytes }) => {
    all += bytes;
    if (state === 'live') { live++; liveBytes += bytes; }
    if (state === 'hole') holes++;
    if (state === 'hole' || state === 'free') { free += bytes; largest = Math.max(largest, bytes); }
  }));
  return all === 0 ? 'No memory.' : `${all} bytes`
    + (picture.pieces.length === 1 ? '' : ` in ${picture.pieces.length} pieces`)
    + `: ${live === 1 ? '1 block' : `${live} blocks`} in use with ${liveBytes} bytes, ${holes} freed, ${free} bytes free`
    + (free === 0 ? '.' : `, the largest stretch ${largest}.`);
}

function openFilm(host) {
  if (host.dataset.plays) return;
  host.dataset.plays = 'true';
  const film = JSON.parse(host.querySelector('script[type="application/json"]').textContent);
  const place = host.appendChild(document.createElement('div'));
  const shadow = place.attachShadow({ mode: 'open' });
  const style = document.createElement('style');
  style.textContent = PICTURE_CSS + FILM_CSS;
  shadow.append(style);
  host.heapFilm = new FilmView(film, shadow);
  host.querySelector('img').style.display = 'none';
}

class FilmView {
  static words = pictureWords;

  constructor(film, shadow) {
    this.operations = film.operations;
    this.reels = film.reels.map(reel => new Reel(reel, film.operations));
    this.end = Math.max(...this.reels.map(reel => reel.last));
    const broken = this.reels.map(reel => reel.brokenAt).filter(frame => frame >= 0);
    this.brokenAt = broken.length ? Math.min(...broken) : -1;
    this.frame = -1;
    this.wanted = 0;
    this.playing = false;
    this.root = shadow.appendChild(htmlElement('div', 'hc-root'));
    this.root.setAttribute('role', 'group');
    this.root.setAttribute('aria-label', 'Film of a heap');
    followTheme(this.root);
    this.buildBar();
    this.buildSlider();
    this.buildReels();
    this.buildTables();
    this.buildHelp();
    this.root.addEventListener('keydown', event => this.key(event));
    // A film that ends with a broken law opens there: that is what it is about.
    this.show(this.wanted = Math.max(0, this.brokenAt));
  }

  button(text, name, act) {
    const button = this.bar.appendChild(htmlElement('button', '', text));
    button.type = 'button';
    button.setAttribute('aria-label', name);
    button.title = name;
    button.addEventListener('click', act);
    return button;
  }

  buildBar() {
    this.bar = this.root.appendChild(htmlElement('div', 'hc-bar'));
    this.bar.setAttribute('role', 'group');
    this.bar.setAttribute('aria-label', 'Controls');
    this.first = this.button('|\u25C0\uFE0E', 'To the start', () => this.go(0));
    this.back = this.button('\u25C0\uFE0E', 'One operation back', () => this.go(this.wanted - 1));
    this.player = this.button('\u25B6\uFE0E Play', 'Play', () => this.toggle());
    this.forth = this.button('\u25B6\uFE0E', 'One operation on', () => this.go(this.wanted + 1));
    this.final = this.button('\u25B6\uFE0E|', 'To the end', () => this.go(this.end));
    if (this.brokenAt >= 0) {
      this.button('\u2718 Broken law', 'To the operation that broke a law', () => this.go(this.brokenAt));
    }
  }

  buildSlider() {
    const line = this.root.appendChild(htmlElement('div', 'hc-slide'));
    this.slider = line.appendChild(htmlElement('input'));
    Object.assign(this.slider, { type: 'range', min: 0, max: this.end, step: 1, value: 0 });
    this.slider.setAttribute('aria-label', 'Operation');
    this.slider.addEventListener('input', () => {
      this.pause();
      this.want(Number(this.slider.value));
    });
    this.count = line.appendChild(htmlElement('span'));
    this.now = this.root.appendChild(htmlElement('p', 'hc-now'));
    // Said when the film stands still, so that playing does not chatter.
    this.said = this.root.appendChild(htmlElement('p', 'hc-quiet'));
    this.said.setAttribute('role', 'status');
    this.said.setAttribute('aria-live', 'polite');
  }

  buildReels() {
    for (const reel of this.reels) {
      const box = this.root.appendChild(htmlElement('div', 'hc-reel'));
      if (reel.title) box.append(htmlElement('p', 'hc-title', reel.title));
      reel.facts = box.appendChild(htmlElement('p', 'hc-facts'));
      reel.broken = box.appendChild(htmlElement('p', 'hc-broken', reel.why));
      reel.broken.hidden = true;
      const rows = Math.min(HEAP_MOST_ROWS, Math.max(1, Math.ceil(reel.blocks / HEAP_BLOCKS_A_ROW)));
      reel.view = drawPicture({ pieces: [] }, { focusable: true, legend: false, rows });
      box.append(reel.view);
    }
    const states = new Set();
    this.reels.forEach(reel => reel.changes.forEach(changes => {
      for (const [, letter] of changes.matchAll(/ \d+([a-z])/g)) states.add(FILM_STATES[letter]);
    }));
    const uid = heapUid();
    this.root.append(heapPatterns(uid),
      drawLegend(Object.keys(HEAP_STATES).filter(state => states.has(state)), uid));
  }

  buildTables() {
    this.list = this.details('Operations', ['operation', 'what was asked', 'what came of it']);
    this.words = this.details('The heap in words', ['address', 'bytes', 'state', 'block', 'made by']);
  }

  details(title, columns) {
    const details = this.root.appendChild(htmlElement('details'));
    details.append(htmlElement('summary', '', title));
    const scroll = details.appendChild(htmlElement('div', 'hc-scroll'));
    scroll.tabIndex = 0;
    scroll.setAttribute('role', 'group');
    scroll.setAttribute('aria-label', title);
    const table = scroll.appendChild(htmlElement('table'));
    const caption = table.appendChild(htmlElement('caption'));
    const head = table.appendChild(htmlElement('thead')).appendChild(htmlElement('tr'));
    columns.forEach(column => {
      const cell = head.appendChild(htmlElement('th', '', column));
      cell.scope = 'col';
    });
    const body = table.appendChild(htmlElement('tbody'));
    details.addEventListener('toggle', () => this.fillTables());
    return { details, caption, body };
  }

  buildHelp() {
    const help = this.root.appendChild(htmlElement('p', 'hc-help'));
    const keys = [['Space', 'plays and stops'], ['\u2190', 'one back'], ['\u2192', 'one on'],
      ['Home', 'start'], ['End', 'end']];
    if (this.brokenAt >= 0) keys.push(['b', 'the broken law']);
    keys.forEach(([key, does], i) => help.append(i ? ', ' : 'Keys: ', htmlElement('kbd', '', key), ' ', does));
    help.append('. On a block of the heap, the arrows go to its neighbours.');
  }

  // Keys that a control needs for itself stay with it; blocks take their arrows before this.
  key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    const target = event.composedPath()[0];
    const owns = target === this.slider ? ['ArrowLeft', 'ArrowRight', 'Home', 'End']
      : target.classList.contains('hc-scroll') ? ['ArrowLeft', 'ArrowRight', 'Home', 'End', ' ']
      : target.classList.contains('hc-block') ? [] : ['BUTTON', 'SUMMARY'].includes(target.tagName) ? [' '] : [];
    const act = {
      ' ': () => this.toggle(),
      ArrowLeft: () => this.go(this.wanted - 1),
      ArrowRight: () => this.go(this.wanted + 1),
      Home: () => this.go(0),
      End: () => this.go(this.end),
      b: () => this.brokenAt >= 0 && this.go(this.brokenAt),
    }[event.key];
    if (act && !owns.includes(event.key)) {
      event.preventDefault();
      act();
    }
  }

  // To a frame, and stay there.
  go(frame) {
    this.pause();
    this.want(Math.max(0, Math.min(this.end, frame)));
  }

  // Draws the frame when the browser draws next: however often the slider moves, once a frame.
  want(frame) {
    this.wanted = frame;
    if (!this.waiting) {
      this.waiting = true;
      requestAnimationFrame(() => {
        this.waiting = false;
        this.show(this.wanted);
      });
    }
  }

  toggle() {
    if (this.playing) {
      this.pause();
      this.settle();
    } else {
      this.play();
    }
  }

  play() {
    if (this.wanted >= this.end) this.wanted = 0;
    this.playing = true;
    this.showPlayer();
    const calm = matchMedia('(prefers-reduced-motion: reduce)').matches;
    // A reader who wants no motion gets single pictures, a second each.
    const pause = calm ? 1000 : Math.min(FILM_SLOWEST, FILM_LENGTH / Math.max(1, this.end));
    const stride = calm ? Math.max(1, Math.ceil(this.end / 30)) : 1;
    const from = this.wanted;
    let start = null;
    const tick = time => {
      if (!this.playing) return;
      start ??= time;
      const to = Math.min(this.end, from + stride * Math.floor((time - start) / pause));
      if (to !== this.frame) this.show(this.wanted = to);
      if (to >= this.end) {
        this.pause();
        this.settle();
      } else {
        requestAnimationFrame(tick);
      }
    };
    requestAnimationFrame(tick);
  }

  pause() {
    if (this.playing) {
      this.playing = false;
      this.showPlayer();
    }
  }

  showPlayer() {
    const text = this.playing ? '\u25A0\uFE0E Pause' : '\u25B6\uFE0E Play';
    this.player.textContent = text;
    this.player.setAttribute('aria-label', this.playing ? 'Pause' : 'Play');
    this.player.title = this.playing ? 'Pause' : 'Play';
  }

  show(frame) {
    this.frame = frame;
    const operation = frame === 0 ? '' : this.operations[frame - 1];
    this.slider.value = frame;
    this.count.textContent = `${frame} of ${this.end}`;
    this.now.textContent = frame === 0 ? 'Before the first operation' : operation;
    this.slider.setAttribute('aria-valuetext', `${frame} of ${this.end}${operation && ', ' + operation}`);
    this.reels.forEach(reel => this.showReel(reel, frame, operation));
    const held = this.bar.getRootNode().activeElement;
    [[this.first, frame === 0], [this.back, frame === 0], [this.forth, frame === this.end],
      [this.final, frame === this.end]].forEach(([button, ends]) => {
      // A button that has the keyboard is not taken away from under it.
      button.disabled = ends && button !== held;
      button.setAttribute('aria-disabled', ends);
    });
    if (!this.playing) {
      clearTimeout(this.settling);
      this.settling = setTimeout(() => this.settle(), 300);
    }
  }

  showReel(reel, frame, operation) {
    reel.shown = reel.picture(frame);
    reel.summary = pictureWords(reel.shown);
    const note = reel.notes[frame];
    reel.facts.textContent = reel.summary + (note ? ` This operation was ${note}.` : '');
    reel.broken.hidden = reel.brokenAt < 0 || frame < reel.brokenAt;
    reel.view.redraw(reel.shown, {
      description: (reel.title ? reel.title + ': ' : '') + reel.summary,
      changed: frame <= reel.last ? operation : '',
      hasty: true,
    });
  }

  // The film stands still: now there is time for words.
  settle() {
    if (this.playing) return;
    this.reels.forEach(reel => reel.view.settle());
    const said = (this.frame === 0 ? 'Before the first operation. '
      : `Operation ${this.frame} of ${this.end}: ${this.operations[this.frame - 1]}. `)
      + this.reels.map(reel => (reel.title ? reel.title + ': ' : '') + reel.facts.textContent
        + (reel.broken.hidden ? '' : ` Broken: ${reel.why}`)).join(' ');
    if (this.said.textContent !== said) this.said.textContent = said;
    this.fillTables();
  }

  fillTables() {
    if (this.list.details.open) this.fillList();
    if (this.words.details.open) this.fillWords();
  }

  fillList() {
    const from = Math.max(1, Math.min(this.frame - (FILM_LIST >> 1), this.end - FILM_LIST + 1));
    const to = Math.min(this.end, from + FILM_LIST - 1);
    this.list.caption.textContent = `Operations ${from} to ${to} of ${this.end}`;
    const rows = [];
    for (let frame = from; frame <= to; frame++) {
      const row = htmlElement('tr');
      const head = row.appendChild(htmlElement('th'));
      head.scope = 'row';
      const jump = head.appendChild(htmlElement('button', '', String(frame)));
      jump.type = 'button';
      jump.setAttribute('aria-label', `To operation ${frame}`);
      jump.addEventListener('click', () => this.go(frame));
      row.append(htmlElement('td', '', this.operations[frame - 1]),
        htmlElement('td', '', this.came(frame)));
      if (frame === this.frame) row.setAttribute('aria-current', 'step');
      rows.push(row);
    }
    this.swap(this.list.body, rows);
  }

  came(frame) {
    return this.reels.map(reel => {
      const came = reel.brokenAt === frame ? 'broke a law' : reel.notes[frame] || '';
      return came && reel.title ? `${reel.title}: ${came}` : came;
    }).filter(came => came).join('; ') || 'done';
  }

  fillWords() {
    const rows = [];
    let blocks = 0;
    this.reels.forEach(reel => reel.shown.pieces.forEach(piece => piece.blocks.forEach(block => {
      if (blocks++ < FILM_MOST_WORDS) {
        const row = htmlElement('tr');
        const head = row.appendChild(htmlElement('th', '', blockAddress(piece, block)));
        head.scope = 'row';
        [String(block.bytes), HEAP_STATES[block.state], block.label, block.by].forEach(text =>
          row.append(htmlElement('td', '', text)));
        rows.push(row);
      }
    })));
    this.words.caption.textContent = `${Math.min(blocks, FILM_MOST_WORDS)} of ${blocks} blocks`;
    this.swap(this.words.body, rows);
  }

  // The keyboard stays on the button with the same words.
  swap(body, rows) {
    const name = body.getRootNode().activeElement?.getAttribute('aria-label');
    const inside = body.contains(body.getRootNode().activeElement);
    body.replaceChildren(...rows);
    if (inside) [...body.querySelectorAll('button')].find(b => b.getAttribute('aria-label') === name)?.focus();
  }
}
