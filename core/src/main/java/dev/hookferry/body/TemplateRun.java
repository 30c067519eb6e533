package dev.hookferry.body;

import dev.hookferry.event.Payload;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The state of one rendering of a template: the values of its pointers, and the remaining work
 * budget. Not thread-safe.
 */
final class TemplateRun {
  /** The work charged for each value that a function reads or writes, in addition to its bytes. */
  private static final int STEP = 16;

  private final List<TemplateValue> event;
  private final int maxBytes;
  private List<TemplateValue> item = List.of();
  private int left;

  /**
   * Creates a run.
   *
   * @param event the values of the template's pointers
   * @param maxBytes the maximum size of the output in bytes
   * @param work the maximum number of bytes that functions may read and write
   */
  TemplateRun(List<TemplateValue> event, int maxBytes, int work) {
    this.event = event;
    this.maxBytes = maxBytes;
    left = work;
  }

  TemplateValue event(int slot) {
    return event.get(slot);
  }

  TemplateValue item(int slot) {
    return item.get(slot);
  }

  /** Replaces the values of pointers into the current element, and returns the previous ones. */
  List<TemplateValue> exchangeItem(List<TemplateValue> next) {
    List<TemplateValue> before = item;
    item = next;
    return before;
  }

  JsonBuffer buffer() {
    return new JsonBuffer(maxBytes);
  }

  /** Deducts the work of reading or writing a value of this size. */
  void spend(int bytes) {
    left -= STEP + bytes;
    if (left < 0) {
      throw new BodyException(
          "the template takes too much work for this event: its functions may read and write "
              + BodyTemplate.MAX_WORK
              + " bytes");
    }
  }

  /** Returns the result of a string function; {@link TemplateValue#NULL} for null. */
  TemplateValue text(@Nullable String text) {
    if (text == null) {
      return TemplateValue.NULL;
    }
    spend(text.length());
    return TemplateValue.ofText(text);
  }

  /** Returns the value of an object or array, which it renders first. */
  TemplateValue written(TemplateNode node) {
    JsonBuffer out = buffer();
    node.write(this, out);
    Payload json = out.end();
    spend(json.size());
    return TemplateValue.of(json);
  }
}
