package dev.hookferry.field;

import java.util.List;

/** Formatter of the bounds of a kind, for error messages, help and tables of the manual. */
final class BoundsText implements FieldFold<BoundsText.Phrase> {
  static final BoundsText KIND = new BoundsText();

  private BoundsText() {}

  /** The bounds, and the words that make them a rule when placed before them. */
  record Phrase(String lead, String bounds) {
    String rule() {
      return lead + bounds;
    }

    private static Phrase be(String bounds) {
      return new Phrase("must be ", bounds);
    }
  }

  @Override
  public Phrase text(TextKind kind) {
    if (kind.pattern() != null) {
      String start = kind.pattern().replaceAll("^\\^|[^a-z_^].*", "");
      return Phrase.be(
          start.isEmpty()
              ? "a string that matches " + kind.pattern()
              : "a string such as " + start + "…");
    }
    if (kind.max() == Integer.MAX_VALUE) {
      return Phrase.be("a string");
    }
    String lower = kind.min() == 0 ? "at most " : kind.min() + " to ";
    return new Phrase("must have ", lower + kind.max() + " characters");
  }

  @Override
  public Phrase choice(ChoiceKind kind) {
    List<String> words = kind.words();
    int last = words.size() - 1;
    return Phrase.be(
        last == 0
            ? words.get(0)
            : String.join(", ", words.subList(0, last)) + " or " + words.get(last));
  }

  @Override
  public Phrase integer(IntegerKind kind) {
    return kind.max() == Integer.MAX_VALUE
        ? new Phrase("must be a whole number, ", "at least " + kind.min())
        : new Phrase("must be a whole number from ", kind.min() + " to " + kind.max());
  }

  @Override
  public Phrase flag() {
    return Phrase.be("true or false");
  }

  @Override
  public Phrase time() {
    return Phrase.be("a time such as 2026-01-31T12:00:00Z");
  }

  @Override
  public Phrase span(SpanKind kind) {
    String bounds = DurationText.of(kind.min()) + " to " + DurationText.of(kind.max());
    return new Phrase("must be a duration from ", bounds);
  }

  @Override
  public Phrase list(ListKind<?> kind) {
    String each = each(kind.item());
    if (kind.max() == Integer.MAX_VALUE) {
      return Phrase.be("a list" + each);
    }
    String lower = kind.min() == 0 ? "at most " : kind.min() + " to ";
    return Phrase.be("a list of " + lower + kind.max() + each);
  }

  private static String each(FieldKind<?> item) {
    if (item instanceof ChoiceKind choice) {
      return " of " + choice.bounds();
    }
    if (item instanceof GroupKind<?> group) {
      return group.text() == null ? " of objects with " + names(group) : ": strings or objects";
    }
    return "";
  }

  @Override
  public Phrase map(MapKind<?> kind) {
    String values = kind.item() instanceof IntegerKind ? "names with numbers" : "names with values";
    return Phrase.be(
        kind.max() == Integer.MAX_VALUE ? values : "at most " + kind.max() + " " + values);
  }

  @Override
  public Phrase group(GroupKind<?> kind) {
    return Phrase.be("an object with " + names(kind));
  }

  @Override
  public Phrase json(JsonKind<?> kind) {
    return Phrase.be("a JSON object");
  }

  private static String names(GroupKind<?> kind) {
    return String.join(", ", kind.table().names());
  }

  @Override
  public Phrase output(OutputKind kind) {
    return Phrase.be(
        switch (kind) {
          case JSON -> "any JSON value";
          case MILLIS -> "milliseconds, with microseconds as decimals";
          case BASE64 -> "a string in base64";
        });
  }
}
