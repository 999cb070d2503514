/* From disk a browser does not start workers. This runs a worker's script in a hidden frame of the
   same page instead, with the part of a worker's interface that the theme's search uses. */
"use strict";

class IFrameWorker extends EventTarget {
  constructor(url) {
    super();
    this.url = new URL(url, document.baseURI).href;
    this.waiting = [];
    this.ready = false;

    const frame = document.createElement("iframe");
    frame.hidden = true;
    frame.title = "search";
    document.body.append(frame);
    this.frame = frame;

    const inside = frame.contentWindow;
    const page = frame.contentDocument;
    page.open();
    page.write("<!doctype html><html><body></body></html>");
    page.close();

    /* What a worker calls its own: answers go out, scripts come in. */
    inside.postMessage = (data) => {
      this.dispatchEvent(new MessageEvent("message", { data }));
    };
    inside.importScripts = (...urls) => urls.reduce(
      (before, one) => before.then(() => this.load(one)), Promise.resolve()
    );
    this.load(this.url).then(() => {
      this.ready = true;
      for (const data of this.waiting.splice(0)) this.deliver(data);
    });
  }

  load(url) {
    return new Promise((done, failed) => {
      const page = this.frame.contentDocument;
      const script = page.createElement("script");
      script.src = new URL(url, this.url).href;
      script.onload = () => done();
      script.onerror = () => failed(new Error(`not loaded: ${script.src}`));
      page.body.append(script);
    });
  }

  deliver(data) {
    const inside = this.frame.contentWindow;
    inside.dispatchEvent(new inside.MessageEvent("message", { data }));
  }

  postMessage(data) {
    if (this.ready) this.deliver(data);
    else this.waiting.push(data);
  }

  terminate() {
    this.frame.remove();
  }
}

if (location.protocol === "file:") {
  window.IFrameWorker = IFrameWorker;
  window.Worker = IFrameWorker;
}
