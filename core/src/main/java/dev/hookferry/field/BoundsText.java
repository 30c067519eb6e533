package dev.hookferry.field;

import java.util.List;

/** The bounds of a kind in words, for error messages, help and tables of the manual. */
final class BoundsText implements FieldFold<BoundsText.Words> {
  static final BoundsText KIND = new BoundsText();

  private BoundsText() {}

  /** The bounds, and what leads to a rule in front of them. */
  record Words(String lead, String bounds) {
    String rule() {
      return lead + bounds;
    }

    private static Words be(String bounds) {
      return new Words("must be ", bounds);
    }
  }

  @Override
  public Words text(FieldKind.Text kind) {
    if (kind.pattern() != null) {
      String start = kind.pattern().replaceAll("^\\^|[^a-z_^].*", "");
      return Words.be(
          start.isEmpty()
              ? "a text that matches " + kind.pattern()
              : "a text such as " + start + "…");
    }
    if (kind.max() == Integer.MAX_VALUE) {
      return Words.be("a text");
    }
    String least = kind.min() == 0 ? "at most " : kind.min() + " to ";
    return new Words("must have ", least + kind.max() + " characters");
  }

  @Override
  public Words choice(FieldKind.Choice kind) {
    List<String> words = kind.words();
    int last = words.size() - 1;
    return Words.be(
        last == 0
            ? words.get(0)
            : String.join(", ", words.subList(0, last)) + " or " + words.get(last));
  }

  @Override
  public Words whole(FieldKind.Whole kind) {
    return kind.max() == Integer.MAX_VALUE
        ? new Words("must be a whole number, ", "at least " + kind.min())
        : new Words("must be a whole number from ", kind.min() + " to " + kind.max());
  }

  @Override
  public Words flag() {
    return Words.be("true or false");
  }

  @Override
  public Words time() {
    return Words.be("a time such as 2026-01-31T12:00:00Z");
  }

  @Override
  public Words span(FieldKind.Span kind) {
    String bounds = DurationText.of(kind.min()) + " to " + DurationText.of(kind.max());
    return new Words("must be a duration from ", bounds);
  }

  @Override
  public Words texts(FieldKind.Texts kind) {
    String each = kind.item() instanceof FieldKind.Choice ? " of " + kind.item().bounds() : "";
    if (kind.max() == Integer.MAX_VALUE) {
      return Words.be("a list" + each);
    }
    String least = kind.min() == 0 ? "at most " : kind.min() + " to ";
    return Words.be("a list of " + least + kind.max() + each);
  }

  @Override
  public Words textMap(FieldKind.TextMap kind) {
    return Words.be("at most " + kind.max() + " names with values");
  }

  @Override
  public Words group(FieldGroup<?> kind) {
    return Words.be("an object with " + String.join(", ", kind.table().names()));
  }
}
