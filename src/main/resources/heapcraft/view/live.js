// A live picture in a notebook's page: draws the scenes that Java sends, and tells Java what the
// reader does. Stands behind heap.js in one module, which anywidget loads once for each picture.

const render = (() => {

  // ---- Elements --------------------------------------------------------------------------

  function make(tag, attributes = {}, ...children) {
    const node = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) {
      node.setAttribute(name, value);
    }
    node.append(...children);
    return node;
  }

  /** Writes only what is new: a screen reader would read the old text once more. */
  function write(node, text) {
    if (node.textContent !== text) {
      node.textContent = text;
    }
    node.hidden = text === "";
  }

  function same(one, other) {
    return JSON.stringify(one) === JSON.stringify(other);
  }

  // ---- Controls --------------------------------------------------------------------------
  // Each kind makes its element once. `show(control, keep)` brings it up to date; with `keep` the
  // reader has changed the value since, and what they see must not jump back.

  const kinds = {
    button(send) {
      const node = make("button", { type: "button" });
      node.onclick = () => node.getAttribute("aria-disabled") === "true" || send("");
      return {
        node,
        show(control) {
          write(node, control.label);
          disable(node, !control.enabled);
        },
      };
    },

    choice(send) {
      const select = make("select");
      const [node, label] = labelled(select);
      select.onchange = () => send(select.value);
      let options;
      return {
        node,
        show(control, keep) {
          write(label, control.label);
          if (!same(options, control.options)) {
            options = control.options;
            select.replaceChildren(...options.map(option => new Option(option)));
          }
          if (!keep) {
            select.value = control.value;
          }
        },
      };
    },

    number(send) {
      const input = make("input", { type: "number", step: "1", required: "" });
      const [node, label] = labelled(input);
      let typing = false;
      function commit() {
        if (typing && input.reportValidity()) {
          typing = false;
          send(String(BigInt(input.value)));
        }
      }
      input.oninput = () => { typing = true; };
      input.onchange = commit;
      input.onkeydown = event => { event.key === "Enter" && commit(); };
      return {
        node,
        show(control, keep) {
          write(label, control.label);
          input.min = control.min;
          input.max = control.max;
          if (!keep && !typing && input.value !== control.value) {
            input.value = control.value;
          }
        },
      };
    },

    switch(send) {
      const input = make("input", { type: "checkbox", role: "switch" });
      const [node, label] = labelled(input);
      input.onchange = () => send(String(input.checked));
      return {
        node,
        show(control, keep) {
          write(label, control.label);
          if (!keep) {
            input.checked = control.on;
          }
        },
      };
    },

    order,
  };

  function labelled(field) {
    const label = make("span");
    return [make("label", {}, label, field), label];
  }

  /** Cannot be used, yet keeps the focus: a reader on the keyboard stays where they are. */
  function disable(button, off) {
    button.setAttribute("aria-disabled", String(off));
  }

  /** A list whose items a reader drags, or moves with the arrow keys. */
  function order(send) {
    const label = make("span");
    const list = make("ol");
    const hint = make("small", {}, "Drag an item, or move it with the arrow keys.");
    const node = make("div", { class: "hcw-order", role: "group" }, label, list, hint);
    const items = () => [...list.children].map(item => item.textContent);

    function item(text) {
      const handle = make("button", { type: "button" }, text);
      handle.onkeydown = event => {
        const step = { ArrowUp: -1, ArrowLeft: -1, ArrowDown: 1, ArrowRight: 1 }[event.key];
        if (step) {
          event.preventDefault();
          move(handle, [...list.children].indexOf(handle.parentNode) + step);
        }
      };
      handle.onpointerdown = event => drag(handle, event);
      return make("li", {}, handle);
    }

    function move(handle, to) {
      if (handle.disabled || to < 0 || to >= list.children.length) {
        return;
      }
      place(handle, to);
      handle.focus();
      send(items().join("\n"));
    }

    function place(handle, to) {
      const others = [...list.children].filter(item => item !== handle.parentNode);
      list.insertBefore(handle.parentNode, others[to] ?? null);
    }

    function drag(handle, down) {
      const before = items();
      if (handle.disabled || down.button !== 0) {
        return;
      }
      handle.setPointerCapture(down.pointerId);
      handle.onpointermove = event => {
        const above = [...list.children].filter(item => item !== handle.parentNode)
            .map(item => item.getBoundingClientRect())
            .filter(box => box.top + box.height / 2 < event.clientY).length;
        if (list.children[above] !== handle.parentNode) {
          place(handle, above);
          handle.setPointerCapture(event.pointerId);
        }
      };
      handle.onlostpointercapture = () => {
        if (!list.contains(handle) || handle.hasPointerCapture(down.pointerId)) {
          return;
        }
        handle.onpointermove = handle.onlostpointercapture = null;
        if (!same(before, items())) {
          send(items().join("\n"));
        }
      };
    }

    return {
      node,
      show(control, keep) {
        write(label, control.label);
        node.setAttribute("aria-label", control.label);
        if (!keep && !same(items(), control.items)) {
          const focused = list.contains(document.activeElement) && document.activeElement;
          const old = new Map([...list.children].map(item => [item.textContent, item]));
          list.replaceChildren(...control.items.map(text => old.get(text) ?? item(text)));
          if (focused && list.contains(focused)) {
            focused.focus();
          }
        }
      },
    };
  }

  // ---- The picture -----------------------------------------------------------------------

  function skeleton(name) {
    const parts = {
      title: make("p", { class: "hcw-title" }),
      controls: make("div", { class: "hcw-controls" }),
      wait: make("span", { class: "hcw-wait", role: "status" }),
      alert: make("p", { class: "hcw-alert", role: "alert" }),
      say: make("p", { class: "hcw-say", "aria-live": "polite" }),
      strips: make("div", { class: "hcw-strips" }),
      facts: make("table", { class: "hcw-facts" }),
      code: make("code"),
      copy: make("button", { type: "button" }, "Copy"),
    };
    parts.steps = make("details", { class: "hcw-steps" }, make("summary", {}, "These steps as Java"),
        make("pre", { tabindex: "0" }, parts.code), parts.copy);
    parts.root = make("div", { class: "hcw", role: "group", "data-name": name },
        make("style", {}, PICTURE_CSS + hiding(name)),
        make("div", { class: "hcw-head" }, parts.title, parts.wait),
        parts.controls, parts.strips, parts.say, parts.alert, parts.facts, parts.steps);
    parts.copy.onclick = () => copy(parts.code, parts.copy);
    return parts;
  }

  /** The still beside this picture is for where nothing is live; in a copy of the notebook it stays. */
  function hiding(name) {
    const here = `.jp-OutputArea:has(.hcw[data-name="${name}"])`;
    return `${here} .${name}, ${here} > .jp-OutputArea-child:has(.${name}) { display: none }`;
  }

  async function copy(code, button) {
    try {
      await navigator.clipboard.writeText(code.textContent);
      button.textContent = "Copied";
    } catch {
      getSelection().selectAllChildren(code);
      button.textContent = "Selected: press Ctrl+C";
    }
    setTimeout(() => { button.textContent = "Copy"; }, 2000);
  }

  function showFacts(table, facts) {
    while (table.rows.length > facts.length) {
      table.deleteRow(-1);
    }
    facts.forEach((fact, i) => {
      const row = table.rows[i] ?? table.insertRow();
      if (!row.cells.length) {
        row.append(make("th", { scope: "row" }), make("td"));
      }
      write(row.cells[0], fact.name);
      write(row.cells[1], fact.value);
    });
    table.hidden = facts.length === 0;
  }

  /** Brings the children of a node in line with a list, each by its id, and touches no other. */
  function arrange(parent, shown, list, create) {
    const nodes = list.map(each => {
      const known = shown.get(each.id);
      if (!known || known.kind !== each.kind) {
        shown.set(each.id, { kind: each.kind, ...create(each) });
      }
      return shown.get(each.id).node;
    });
    const wanted = new Set(nodes);
    [...parent.children].filter(node => !wanted.has(node)).forEach(node => node.remove());
    nodes.forEach((node, i) => {
      if (parent.children[i] !== node) {
        parent.insertBefore(node, parent.children[i] ?? null);
      }
    });
  }

  /** One piece of memory after the other, drawn by heap.js, which keeps the reader's place. */
  function strip(onBlock) {
    const title = make("figcaption");
    const node = make("figure", {}, title);
    let drawn, picture, clickable;
    return {
      node,
      show(strip, live) {
        write(title, strip.title);
        if (!drawn || clickable !== (strip.clickable && live)) {
          clickable = strip.clickable && live;
          drawn?.remove();
          drawn = drawPicture(strip.picture, { focusable: true, description: strip.title,
            onBlock: clickable ? (block, piece, address) => onBlock(address) : undefined });
          node.append(drawn);
        } else if (!same(picture, strip.picture)) {
          drawn.redraw(strip.picture, { changed: newest(picture, strip.picture) });
        }
        picture = strip.picture;
      },
    };
  }

  /** The operation that made the newest of the blocks. */
  function newest(before, now) {
    const operations = picture => picture.pieces.flatMap(piece =>
        piece.blocks.map(block => block.by));
    const old = new Set(operations(before));
    return operations(now).find(by => by && !old.has(by)) ?? "";
  }

  // ---- A view ----------------------------------------------------------------------------

  return function render({ model, el }) {
    const name = model.get("name");
    const me = crypto.getRandomValues(new Uint32Array(2)).join("-");
    const parts = skeleton(name);
    const controls = new Map();
    const strips = new Map();
    const changed = new Map();   // control -> number of the newest action on it
    let sent = 0, answered = 0, gone = false;
    let drawing = 0, soon = 0, late = 0, resting = 0;   // timers

    function act(control, value) {
      if (gone) {
        return;
      }
      sent++;
      changed.set(control, sent);
      model.send({ control, value, seq: `${me}:${sent}` });
      if (sent === answered + 1) {
        soon = setTimeout(showWaiting, 200);
        late = setTimeout(showWaiting, 1000, true);
      }
      clearTimeout(resting);
      parts.root.setAttribute("aria-busy", "true");
    }

    /** The kernel takes no clicks while a cell runs; one click needs far less than a second. */
    function showWaiting(long) {
      write(parts.wait, gone || sent === answered ? ""
          : long ? "Java has not answered for a second: a cell is probably still running. "
              + "What you have clicked comes after it."
          : "Waiting for Java …");
    }

    /** An answer has come; after the last one, and a moment of rest, Java renews the still. */
    function settle() {
      const [who, number] = model.get("answered").split(":");
      if (who !== me || Number(number) === answered) {
        return;
      }
      answered = Number(number);
      clearTimeout(late);
      if (answered < sent) {
        late = setTimeout(showWaiting, 1000, true);
      } else {
        clearTimeout(soon);
        showWaiting();
        resting = setTimeout(() => gone || model.send({ keep: true }), 700);
      }
    }

    function draw() {
      drawing = 0;
      const scene = model.get("scene");
      write(parts.title, scene.title);
      parts.root.setAttribute("aria-label", scene.title);
      arrange(parts.controls, controls, scene.controls,
          control => kinds[control.kind](value => act(control.id, value)));
      scene.controls.forEach(control => controls.get(control.id)
          .show(control, changed.get(control.id) > answered));
      arrange(parts.strips, strips, scene.strips,
          each => strip(address => act(each.id, address)));
      scene.strips.forEach(each => strips.get(each.id).show(each, !gone));
      showFacts(parts.facts, scene.facts);
      write(parts.say, scene.say);
      write(parts.alert, gone ? "The kernel has gone: run this cell again."
          : [model.get("failure"), scene.alert].filter(Boolean).join(" "));
      write(parts.code, scene.code);
      parts.steps.hidden = scene.code === "";
      if (gone) {
        freeze();
      }
      parts.root.setAttribute("aria-busy", String(sent > answered && !gone));
    }

    function freeze() {
      parts.controls.querySelectorAll("button").forEach(button => disable(button, true));
      parts.controls.querySelectorAll("select, input, ol button")
          .forEach(field => { field.disabled = true; });
    }

    function leave() {
      gone = true;
      showWaiting();
      drawSoon();
    }

    function drawSoon() {
      drawing ||= requestAnimationFrame(draw);
    }

    function changes() {
      settle();
      drawSoon();
    }

    /** Whether the page still has a kernel behind this model. */
    function connected() {
      return !el.closest(".jupyter-widgets-disconnected");
    }

    function commChanges() {
      connected() || leave();
    }

    function kernelChanges(_, status) {
      ["restarting", "autorestarting", "terminating", "dead"].includes(status) && leave();
    }

    /**
     * Keys belong to what has the focus here, not to the notebook, where "d" deletes a cell; Ctrl+S
     * and its like stay the notebook's. JupyterLab looks for the attribute on its way up from there.
     */
    function ownKeys(event) {
      if (parts.root.contains(event.target)) {
        event.target.toggleAttribute("data-lm-suppress-shortcuts",
            !event.ctrlKey && !event.metaKey);
      }
    }

    const kernel = model.widget_manager?.kernel;
    model.on("change", changes);
    model.on("comm_live_update", commChanges);
    kernel?.statusChanged?.connect(kernelChanges);
    window.addEventListener("keydown", ownKeys, true);
    el.append(parts.root);
    gone = !connected();
    draw();
    return () => {
      model.off("change", changes);
      model.off("comm_live_update", commChanges);
      kernel?.statusChanged?.disconnect(kernelChanges);
      window.removeEventListener("keydown", ownKeys, true);
      [soon, late, resting].forEach(clearTimeout);
      cancelAnimationFrame(drawing);
    };
  };
})();

export default { render };
