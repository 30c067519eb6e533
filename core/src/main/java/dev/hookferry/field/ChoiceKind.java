package dev.hookferry.field;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A choice among words. */
public record ChoiceKind(List<String> words) implements FieldKind<String> {
  public ChoiceKind {
    Objects.requireNonNull(words, "words");
    words = List.copyOf(words);
  }

  @Override
  public @Nullable String read(FieldSource source, String name) {
    return source.choice(name, this);
  }

  @Override
  public <R> R fold(FieldFold<R> fold) {
    return fold.choice(this);
  }

  @Override
  public boolean allows(String value) {
    return words.contains(value);
  }
}
