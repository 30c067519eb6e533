// <hookferry-portal src="URL of a link"> shows the portal in a frame that adapts to its height. Fires
// "ready" once, "navigated" for each further page, and "expired" when the session has ended; their
// detail.page is the page's path. Set src to the URL of a new link to continue there.
class HookferryPortal extends HTMLElement {
  static observedAttributes = ["src"];
  #frame = document.createElement("iframe");
  #origin = "";
  #isReady = false;

  constructor() {
    super();
    this.#frame.allow = "clipboard-write";
    Object.assign(this.#frame.style, { display: "block", width: "100%", border: "0", height: "24rem" });
    this.#frame.addEventListener("load", () => this.#greet());
  }

  connectedCallback() {
    this.#frame.title = this.title || "Webhooks";
    addEventListener("message", this.#hear);
    this.#open();
    this.append(this.#frame);
  }

  disconnectedCallback() {
    removeEventListener("message", this.#hear);
    this.#frame.remove();
  }

  attributeChangedCallback() {
    if (this.#frame.isConnected) this.#open();
  }

  #open() {
    const src = this.getAttribute("src");
    if (!src) return;
    const url = new URL(src, document.baseURI);
    if (!/^https?:$/.test(url.protocol)) throw new TypeError("src must be an http or https URL");
    this.#origin = url.origin;
    this.#isReady = false;
    this.#frame.src = url.href;
  }

  #greet() {
    if (this.#origin) this.#frame.contentWindow.postMessage({ hookferry: "hello" }, this.#origin);
  }

  #hear = (event) => {
    if (event.source !== this.#frame.contentWindow || event.origin !== this.#origin) return;
    const { hookferry, page, height } = event.data ?? {};
    if (hookferry === "height" && height > 0) this.#frame.style.height = `${Math.min(height, 20000)}px`;
    if (hookferry === "expired") this.#raise("expired", page);
    if (hookferry === "page") {
      this.#raise(this.#isReady ? "navigated" : "ready", page);
      this.#isReady = true;
    }
  };

  #raise(name, page) {
    this.dispatchEvent(new CustomEvent(name, { detail: { page: String(page) } }));
  }
}

customElements.define("hookferry-portal", HookferryPortal);
