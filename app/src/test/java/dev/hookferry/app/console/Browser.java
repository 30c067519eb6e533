package dev.hookferry.app.console;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** One tab, used as a user would: look, click, type. Records the browser's errors and warnings. */
final class Browser implements AutoCloseable, PortalWalk.Page {
  private static final long SECONDS = 120;
  private static final int LOOKS = 200;
  private static final Map<String, Integer> KEYS =
      Map.of("Tab", 9, "Enter", 13, "Escape", 27, " ", 32);

  private final Cdp cdp;
  private final boolean isOwn;
  private final List<String> complaints = new CopyOnWriteArrayList<>();
  private int clicks;

  Browser(Chromium chromium) {
    this(chromium.tab(), true);
    size(1280, 900);
  }

  /** Looks at a tab or frame that is open already, and leaves it open. */
  Browser(Cdp cdp) {
    this(cdp, false);
  }

  private Browser(Cdp cdp, boolean isOwn) {
    this.cdp = cdp;
    this.isOwn = isOwn;
    cdp.listen(this::note);
    List.of("Page.enable", "Runtime.enable", "Log.enable", "Network.enable", "Audits.enable")
        .forEach(cdp::call);
  }

  /** Errors in the console, exceptions, and violations of the content security policy. */
  List<String> complaints() {
    return List.copyOf(complaints);
  }

  /** Takes back what the browser says about answers with this status, which were meant to come. */
  void forgive(String status) {
    complaints.removeIf(
        complaint -> complaint.contains("the server responded with a status of " + status));
  }

  void forgetCookies() {
    cdp.call("Network.clearBrowserCookies");
  }

  /** Returns all cookies, also those that scripts do not see. */
  JsonNode cookies() {
    return cdp.call("Storage.getCookies").path("cookies");
  }

  /** Saves what is downloaded from now on in a folder. */
  void downloadTo(Path folder) {
    cdp.call(
        "Browser.setDownloadBehavior",
        p -> p.put("behavior", "allow").put("downloadPath", folder.toString()));
  }

  /** Presses the tabulator until the element has the focus. */
  void tabTo(String selector) {
    String there = "document.activeElement === document.querySelector(" + quoted(selector) + ")";
    for (int i = 0; i < 200; i++) {
      if (eval(there).asBoolean()) {
        return;
      }
      press("Tab");
    }
    throw new AssertionError("the keyboard does not get to " + selector + " on " + address());
  }

  /** Chooses from a list as the keyboard does, by the beginning of the word. */
  void choose(String selector, String value) {
    value.chars().forEach(c -> press(String.valueOf((char) c)));
    String chosen = eval("document.querySelector(" + quoted(selector) + ").value").asText();
    if (!chosen.equals(value)) {
      throw new AssertionError(selector + " is " + chosen + ", not " + value);
    }
  }

  void size(int width, int height) {
    cdp.call(
        "Emulation.setDeviceMetricsOverride",
        p ->
            p.put("width", width)
                .put("height", height)
                .put("deviceScaleFactor", 1)
                .put("mobile", false));
  }

  void colours(String scheme) {
    cdp.call(
        "Emulation.setEmulatedMedia",
        p -> {
          p.putArray("features")
              .addObject()
              .put("name", "prefers-color-scheme")
              .put("value", scheme);
          return p;
        });
  }

  void zone(String id) {
    cdp.call("Emulation.setTimezoneOverride", p -> p.put("timezoneId", id));
  }

  void scripts(boolean on) {
    cdp.call("Emulation.setScriptExecutionDisabled", p -> p.put("value", !on));
  }

  /** Goes to an address and waits until the page is there. */
  @Override
  public void go(String address) {
    mark();
    cdp.call("Page.navigate", p -> p.put("url", address));
    awaitNewPage();
  }

  /** Clicks on the first element that fits, and waits for the page that it leads to. */
  @Override
  public void follow(String selector) {
    mark();
    click(selector);
    awaitNewPage();
  }

  /**
   * Clicks in the middle of the first element that fits, once it stands still, enabled and on top.
   */
  @Override
  public void click(String selector) {
    JsonNode at = spot(selector);
    // An element may be meant to lie under another, such as a box that is drawn by its label.
    for (int i = 0; i < LOOKS; i++) {
      JsonNode before = at;
      pause();
      at = spot(selector);
      if (at.equals(before) && at.path("top").asBoolean()) {
        break;
      }
    }
    JsonNode point = at;
    clicks++;
    for (String type : List.of("mousePressed", "mouseReleased")) {
      cdp.call(
          "Input.dispatchMouseEvent",
          p ->
              p.put("type", type)
                  .put("x", point.path("x").asDouble())
                  .put("y", point.path("y").asDouble())
                  .put("button", "left")
                  .put("clickCount", 1));
    }
  }

  /** Moves the pointer to the middle of the first element that fits. */
  void point(String selector) {
    JsonNode point = spot(selector);
    cdp.call(
        "Input.dispatchMouseEvent",
        p ->
            p.put("type", "mouseMoved")
                .put("x", point.path("x").asDouble())
                .put("y", point.path("y").asDouble()));
  }

  private JsonNode spot(String selector) {
    JsonNode spot =
        eval(
            "(() => { const e = document.querySelector("
                + quoted(selector)
                + "); if (!e) return null; e.scrollIntoView({block: 'center'});"
                + " const r = e.getBoundingClientRect();"
                + " const x = r.left + r.width / 2, y = r.top + r.height / 2;"
                + " return {x, y, top: !e.disabled && e.contains(document.elementFromPoint(x, y))};"
                + " })()");
    if (spot.isNull() || spot.isMissingNode()) {
      throw new AssertionError("there is no " + selector + " on " + address() + ": " + text());
    }
    return spot;
  }

  /** Returns how often the mouse was clicked in this tab. */
  int clicks() {
    return clicks;
  }

  /** Types into the field that fits, in the place of what is there. */
  @Override
  public void type(String selector, String text) {
    click(selector);
    eval("document.querySelector(" + quoted(selector) + ").select?.()");
    cdp.call("Input.insertText", p -> p.put("text", text));
  }

  /** Types where the focus is. */
  void type(String text) {
    cdp.call("Input.insertText", p -> p.put("text", text));
  }

  /** Presses a key such as {@code Tab}, {@code Enter} or {@code j}. */
  void press(String key) {
    int code = KEYS.getOrDefault(key, (int) Character.toUpperCase(key.charAt(0)));
    String text = key.equals("Enter") ? "\r" : key.length() == 1 ? key : "";
    for (String type : List.of("keyDown", "keyUp")) {
      cdp.call(
          "Input.dispatchKeyEvent",
          p -> {
            p.put("type", type).put("key", key).put("windowsVirtualKeyCode", code);
            return type.equals("keyDown") && !text.isEmpty() ? p.put("text", text) : p;
          });
    }
  }

  /** Presses a key that leads to another page, and waits for that. */
  void pressToLeave(String key) {
    mark();
    press(key);
    awaitNewPage();
  }

  String address() {
    return eval("location.href").asText();
  }

  /** Returns the visible text. */
  @Override
  public String text() {
    return eval("document.body.innerText").asText();
  }

  /** Returns the text of the first element that matches. */
  String text(String selector) {
    return eval("document.querySelector(" + quoted(selector) + ")?.innerText ?? ''").asText();
  }

  boolean has(String selector) {
    return eval("document.querySelector(" + quoted(selector) + ") !== null").asBoolean();
  }

  JsonNode eval(String expression) {
    JsonNode result =
        cdp.call(
            "Runtime.evaluate",
            p ->
                p.put("expression", expression)
                    .put("returnByValue", true)
                    .put("awaitPromise", true));
    if (result.has("exceptionDetails")) {
      throw new AssertionError(expression + ": " + result.path("exceptionDetails"));
    }
    return result.path("result").path("value");
  }

  /** Waits until something holds. */
  void await(String what, BooleanSupplier condition) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("not " + what + " on " + address() + ":\n" + text());
      }
      pause();
    }
  }

  /** Waits until a text can be read. */
  void awaitText(String text) {
    await("“" + text + "”", () -> text().contains(text));
  }

  /** A picture of the whole page, for people: taken if {@code hookferry.pictures} is set. */
  void picture(Path file) {
    if (System.getProperty("hookferry.pictures") == null) {
      return;
    }
    JsonNode picture =
        cdp.call(
            "Page.captureScreenshot",
            p -> p.put("format", "png").put("captureBeyondViewport", true));
    try {
      Files.createDirectories(file.getParent());
      Files.write(file, Base64.getDecoder().decode(picture.path("data").asText()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A page that is left takes the mark with it. */
  private void mark() {
    eval("window.left = false; document.documentElement.dataset.before = '1'");
  }

  private void awaitNewPage() {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
    while (!isNewPage()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("still on " + address() + ":\n" + text());
      }
      pause();
    }
  }

  /** Leaves the processors to the browser and the server. */
  private static void pause() {
    LockSupport.parkNanos(2_000_000);
  }

  private boolean isNewPage() {
    try {
      return eval("document.readyState === 'complete' && !document.documentElement.dataset.before")
          .asBoolean();
    } catch (AssertionError e) {
      // Between two pages there is none.
      return false;
    }
  }

  private void note(JsonNode event) {
    JsonNode params = event.path("params");
    switch (event.path("method").asText()) {
      case "Runtime.exceptionThrown" -> complaints.add(params.path("exceptionDetails").toString());
      case "Log.entryAdded" -> {
        String level = params.path("entry").path("level").asText();
        if (level.equals("error") || level.equals("warning")) {
          complaints.add(params.path("entry").toString());
        }
      }
      case "Audits.issueAdded" -> complaints.add(params.path("issue").toString());
      case "Runtime.consoleAPICalled" -> {
        if (params.path("type").asText().equals("error")) {
          complaints.add(params.path("args").toString());
        }
      }
      default -> {
        // Everything else is no complaint.
      }
    }
  }

  private static String quoted(String text) {
    return TextNode.valueOf(text).toString();
  }

  @Override
  public void close() {
    if (isOwn) {
      cdp.call("Page.close");
    }
    cdp.close();
  }
}
