package dev.hookferry.field;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hookferry.access.KeyFields;
import dev.hookferry.endpoint.EndpointFields;
import dev.hookferry.endpoint.SecretFields;
import dev.hookferry.replay.ReplayFields;
import dev.hookferry.retry.RetryFields;
import dev.hookferry.secret.Sealed;
import dev.hookferry.site.SettingsByName;
import dev.hookferry.site.SiteFields;
import dev.hookferry.site.SiteSettingFields;
import dev.hookferry.site.SiteSettings;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class FieldTableTest {
  private static final FieldSpec<String> NAME =
      FieldSpec.of("name", FieldKind.text(10), "A name.").example("blue");

  @Test
  void namesAreUniqueAndRequiredFieldsExist() {
    FieldSpec<String> twin = FieldSpec.of("name", FieldKind.text(), "Another.");
    assertThatThrownBy(() -> FieldTable.of("Thing", NAME, twin))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Thing");
    FieldTable table = FieldTable.of("Thing", NAME);
    assertThatThrownBy(() -> table.requiring(RetryFields.BACKOFF))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aDescriptionIsChangedWithoutLosingTheRest() {
    FieldSpec<String> other = NAME.fallback("green").asSecret().saying("Its name.");
    assertThat(other.name()).isEqualTo("name");
    assertThat(other.kind()).isEqualTo(NAME.kind());
    assertThat(other.help()).isEqualTo("Its name.");
    assertThat(other.fallback()).isEqualTo("green");
    assertThat(other.example()).isEqualTo("blue");
    assertThat(other.isSecret()).isTrue();
    assertThat(NAME.isSecret()).isFalse();
    assertThat(NAME.fallback()).isNull();
  }

  @Test
  void theSettingsOfANewSiteAreTheDefaults() {
    Map<String, Object> fresh = SettingsByName.read(SiteSettings.DEFAULT);
    Map<String, String> described = new LinkedHashMap<>();
    SiteSettingFields.ALL
        .fields()
        .forEach(field -> described.put(field.name(), String.valueOf(field.fallback())));
    assertThat(described.keySet()).containsExactlyElementsOf(fresh.keySet());
    fresh.forEach((name, value) -> assertThat(described).containsEntry(name, shown(value)));
  }

  /** A default stands in the manual as in JSON. */
  private static String shown(Object value) {
    return value instanceof Map<?, ?> group
        ? group.entrySet().stream()
            .map(entry -> "\"" + entry.getKey() + "\":" + shown(entry.getValue()))
            .collect(Collectors.joining(",", "{", "}"))
        : value.toString();
  }

  /** The rules keep the promises of each table: bounds are accepted, and nothing beyond them. */
  @Test
  void settingBoundsMatchTheRules() {
    for (FieldSpec<?> field : SiteSettingFields.ALL.fields()) {
      if (field.kind() instanceof IntegerKind whole) {
        for (int good : List.of(whole.min(), whole.max())) {
          assertThat(changed(field.name(), good)).containsEntry(field.name(), number(field, good));
        }
        for (int bad : List.of(whole.min() - 1, whole.max() + 1)) {
          assertThatThrownBy(() -> changed(field.name(), bad)).hasMessageContaining(field.name());
        }
      } else if (field.kind() instanceof ChoiceKind choice) {
        for (String word : choice.words()) {
          assertThat(changed(field.name(), word)).containsEntry(field.name(), word);
        }
        assertThatThrownBy(() -> changed(field.name(), "neither"))
            .hasMessageContaining(choice.rule());
      }
    }
  }

  @Test
  void everyFieldHasASentence() {
    for (FieldTable table :
        List.of(
            EndpointFields.NEW,
            RetryFields.ALL,
            SiteSettingFields.ALL,
            ReplayFields.JOB,
            KeyFields.NEW,
            SiteFields.NEW)) {
      assertThat(table.fields())
          .isNotEmpty()
          .allSatisfy(field -> assertThat(field.help()).matches("(?s)[A-Z*].*\\."));
    }
    assertThat(EndpointFields.NEW.fields().stream().filter(FieldSpec::isSecret))
        .containsExactly(EndpointFields.QLM_SECRET, SecretFields.SECRET);
  }

  /** Intervals are read as a Long. */
  private static Object number(FieldSpec<?> field, int value) {
    return field.name().equals("webHookRetryInterval") ? (Object) (long) value : (Object) value;
  }

  private static Map<String, Object> changed(String name, Object value) {
    return SettingsByName.read(
        SettingsByName.change(
            SiteSettings.DEFAULT, Map.of(name, value), Instant.EPOCH, Sealed::new));
  }
}
