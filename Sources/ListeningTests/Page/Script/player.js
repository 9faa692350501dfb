// Sounds are played by audio elements, which alone can read a file beside a page from the disk.

class Player {
  /** `sources` tells the address of a sound from its id. */
  constructor(sources, ids) {
    /** How often each sound was started. */
    this.plays = {};
    /** The sounds that were played from beginning to end. */
    this.heard = new Set();
    /** Whether a sound begins again when it ends; another then takes over at the same place. */
    this.repeats = false;
    /** The id of what is heard now. */
    this.playing = null;
    /** Is called when anything of this has changed. */
    this.onchange = () => {};
    this.sounds = new Map(ids.map((id) => [id, this.sound(id, sources[id])]));
  }

  sound(id, address) {
    const audio = new Audio();
    audio.preload = "auto";
    audio.onended = () => this.ended(id);
    audio.onerror = () => this.failed(id);
    audio.src = address;
    return audio;
  }

  toggle(id) {
    if (this.playing === id) {
      this.stop();
    } else {
      const place = this.repeats && this.playing ? this.sounds.get(this.playing).currentTime : 0;
      this.stop();
      this.start(id, place);
    }
    this.onchange();
  }

  start(id, place) {
    const audio = this.sounds.get(id);
    audio.currentTime = place;
    this.startedAt = place;
    this.playing = id;
    this.plays[id] = (this.plays[id] || 0) + 1;
    // Being stopped while it loads is no failure.
    audio.play().catch((error) => { if (error.name !== "AbortError") this.failed(id); });
  }

  stop() {
    if (this.playing) this.sounds.get(this.playing).pause();
    this.playing = null;
  }

  ended(id) {
    if (this.playing !== id) return;
    if (this.startedAt === 0) this.heard.add(id);
    this.playing = null;
    if (this.repeats) this.start(id, 0);
    this.onchange();
  }

  failed(id) {
    if (this.playing === id) this.playing = null;
    say("A sound could not be played. Please load this page again; if that does not help, "
      + `tell the person who gave you this test (sound ${id}).`);
    this.onchange();
  }
}

/** A button for each sound; `names` are pairs of an id and a name. */
function playButtons(player, names) {
  const buttons = names.map(([id, name]) => [id, name, button("", () => player.toggle(id), "play")]);
  return {
    elements: new Map(buttons.map(([id, , element]) => [id, element])),
    update() {
      for (const [id, name, element] of buttons) {
        const isPlaying = player.playing === id;
        const wasHeard = player.heard.has(id);
        element.textContent = `${isPlaying ? "Stop" : "Play"} ${name}`;
        element.classList.toggle("playing", isPlaying);
        element.classList.toggle("heard", wasHeard);
      }
    },
  };
}
