package dev.hookferry.http.console.events;

/**
 * How far a search went.
 *
 * @param text a sentence, or empty
 * @param read number of payloads read by this part of a text search; 0 for any other search
 * @param oldest when the oldest of them was accepted, as text; empty if none was read
 */
public record SearchReach(String text, int read, String oldest) {
  /** Returns the reach of a search that is not continued by itself. */
  static SearchReach of(String text) {
    return new SearchReach(text, 0, "");
  }
}
