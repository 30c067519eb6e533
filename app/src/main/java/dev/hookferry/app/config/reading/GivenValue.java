package dev.hookferry.app.config.reading;

import java.util.List;

/**
 * A value as given in a source.
 *
 * @param name the key's name as written or derived
 * @param texts one string; any number for a list
 * @param isList whether it was written as a list, whose elements are not split
 * @param origin where the value was given
 */
record GivenValue(String name, List<String> texts, boolean isList, ValueOrigin origin) {
  GivenValue {
    texts = List.copyOf(texts);
  }
}
