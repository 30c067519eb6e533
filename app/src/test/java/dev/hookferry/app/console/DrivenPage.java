package dev.hookferry.app.console;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A tab of any browser that is driven by W3C WebDriver, used as a user would. */
final class DrivenPage implements PortalWalk.Page {
  private static final JsonMapper JSON = new JsonMapper();
  private static final String ELEMENT = "element-6066-11e4-a52e-4f735466cecf";
  private static final long SECONDS = 300;

  private final DriverLine line;

  DrivenPage(DriverLine line) {
    this.line = line;
  }

  /** Goes to an address, and waits until the page is there. */
  @Override
  public void go(String address) {
    run("url", object().put("url", address));
  }

  /** Returns the value of an expression in the page or frame. */
  JsonNode eval(String expression) {
    ObjectNode script = object().put("script", "return " + expression);
    script.putArray("args");
    return run("execute/sync", script);
  }

  /** Clicks on the first element that fits. */
  @Override
  public void click(String selector) {
    run("element/" + find(selector) + "/click", object());
  }

  /** Clicks on the first element that fits, and waits for the page that it leads to. */
  @Override
  public void follow(String selector) {
    eval("document.documentElement.dataset.before = '1'");
    click(selector);
    await(
        "another page",
        () ->
            eval("document.readyState === 'complete' && !document.documentElement.dataset.before")
                .asBoolean());
  }

  /** Types into the field that fits, in the place of what is there. */
  @Override
  public void type(String selector, String text) {
    String field = find(selector);
    run("element/" + field + "/clear", object());
    run("element/" + field + "/value", object().put("text", text));
  }

  private String find(String selector) {
    ObjectNode by = object().put("using", "css selector").put("value", selector);
    return run("element", by).path(ELEMENT).asText();
  }

  boolean has(String selector) {
    return eval("document.querySelector(" + TextNode.valueOf(selector) + ") !== null").asBoolean();
  }

  /** Returns the visible text. */
  @Override
  public String text() {
    return eval("document.body.innerText").asText();
  }

  String address() {
    return eval("location.href").asText();
  }

  /** Does something within the first frame. */
  <T> T inFrame(Supplier<T> work) {
    run("frame", object().put("id", 0));
    try {
      return work.get();
    } finally {
      run("frame", object().putNull("id"));
    }
  }

  void size(int width, int height) {
    run("window/rect", object().put("width", width).put("height", height));
  }

  /** Changes to the tab that was opened last. */
  void toNewTab() {
    JsonNode[] tabs = new JsonNode[1];
    await("a second tab", () -> (tabs[0] = run("window/handles", null)).size() > 1);
    run("window", object().put("handle", tabs[0].get(tabs[0].size() - 1).asText()));
  }

  /** Closes the tab, and returns to the first. */
  void closeTab() {
    JsonNode left = run("window", null);
    run("window", object().put("handle", left.get(0).asText()));
  }

  /** Waits until something holds; while a page is changing, nothing does. */
  void await(String what, BooleanSupplier condition) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
    AssertionError last = null;
    while (System.nanoTime() < end) {
      try {
        if (condition.getAsBoolean()) {
          return;
        }
      } catch (AssertionError e) {
        last = e;
      }
      LockSupport.parkNanos(10_000_000);
    }
    throw new AssertionError("not " + what + " on " + address() + ":\n" + text(), last);
  }

  private static ObjectNode object() {
    return JSON.createObjectNode();
  }

  private JsonNode run(String path, @Nullable ObjectNode parameters) {
    return line.run(path, parameters);
  }
}
