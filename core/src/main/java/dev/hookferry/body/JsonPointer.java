package dev.hookferry.body;

import dev.hookferry.refusal.InvalidException;
import java.util.ArrayList;
import java.util.List;

/** Parser of JSON Pointers (RFC 6901). */
final class JsonPointer {
  private static final int MAX_LENGTH = 1_024;

  private JsonPointer() {}

  /**
   * Returns the unescaped names of a pointer; none if it is empty.
   *
   * @param field the pointer's name in error messages
   */
  static List<String> parse(String field, String pointer) {
    if (pointer.length() > MAX_LENGTH) {
      throw InvalidException.of(field, "must have at most " + MAX_LENGTH + " characters");
    }
    if (pointer.isEmpty()) {
      return List.of();
    }
    if (pointer.charAt(0) != '/') {
      throw InvalidException.of(field, "must be a JSON Pointer, which begins with /");
    }
    List<String> names = new ArrayList<>();
    for (String name : pointer.substring(1).split("/", -1)) {
      if (name.matches("(?s).*~(?![01]).*")) {
        throw InvalidException.of(
            field, "must be a JSON Pointer, in which ~0 stands for ~ and ~1 for /");
      }
      names.add(name.replace("~1", "/").replace("~0", "~"));
    }
    return names;
  }
}
