package dev.hookferry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hookferry.memory.MemoryStore;
import dev.hookferry.testing.ScriptedTransport;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A bad value of an option is refused with the name that the caller wrote. */
class BuilderOptionsTest {
  private static final Map<String, BiConsumer<HookferryBuilder, Duration>> TIMES =
      Map.of(
          "attemptTimeout", HookferryBuilder::attemptTimeout,
          "drainTimeout", HookferryBuilder::drainTimeout,
          "retention", HookferryBuilder::retention,
          "auditRetention", HookferryBuilder::auditRetention,
          "blockedKeyAlert", HookferryBuilder::blockedKeyAlert,
          "disableFailingAfter", HookferryBuilder::disableFailingAfter);

  /** Options with a bad value other than null. */
  private static final Map<String, BiConsumer<HookferryBuilder, String>> TEXTS =
      Map.of(
          "nodeName", HookferryBuilder::nodeName,
          "userAgent", HookferryBuilder::userAgent,
          "bodyMapper", (builder, bad) -> builder.bodyMapper(bad, event -> null));

  /** Options that refuse nothing but null, whose message is the name of the parameter. */
  private static final Set<String> ONLY_NULL =
      Set.of("clock", "random", "secrets", "listener", "limits", "schemas", "signers", "tracing");

  /** Options whose message for null names the argument, and the one that takes no object. */
  private static final Set<String> OTHERS = Set.of("addListener", "noDelivery");

  private final HookferryBuilder builder =
      Hookferry.builder(
          new MemoryStore(InstantSource.system(), Duration.ofHours(1)), new ScriptedTransport());

  @ParameterizedTest
  @CsvSource({
    "attemptTimeout, PT0.1S, PT30S, between 100 ms and 30 s",
    "drainTimeout, PT0S, , 0s or longer",
    "retention, PT1H, P36500D, between 1h and 36500d",
    "auditRetention, PT1H, P36500D, between 1h and 36500d",
    "blockedKeyAlert, PT0.001S, P36500D, between 1ms and 36500d",
    "disableFailingAfter, P2D, P30D, between 2d and 30d"
  })
  void aTimeOutOfBoundsIsRefused(
      String option, Duration min, @Nullable Duration max, String range) {
    String advice = option.endsWith("etention") ? "; to keep everything, leave it out" : "";
    BiConsumer<HookferryBuilder, Duration> setting = TIMES.get(option);
    Duration longest = Duration.ofSeconds(Long.MAX_VALUE);
    for (Duration good : List.of(min, max == null ? longest : max)) {
      assertThatCode(() -> setting.accept(builder, good)).doesNotThrowAnyException();
    }
    List<Duration> bad = new ArrayList<>(List.of(min.minusNanos(1)));
    if (max != null) {
      bad.addAll(List.of(max.plusNanos(1), longest));
    }
    for (Duration one : bad) {
      assertThatThrownBy(() -> setting.accept(builder, one))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(option + " must be " + range + " (got " + one + ")" + advice);
    }
  }

  @Test
  void aBadTextIsRefused() {
    TEXTS.forEach(
        (option, setting) -> {
          for (String bad : new String[] {"", " ", "x".repeat(201)}) {
            assertThatThrownBy(() -> setting.accept(builder, bad)).hasMessageStartingWith(option);
          }
        });
  }

  @Test
  void nullIsRefusedByTheNameOfTheOption() {
    assertThat(options().filter(option -> !OTHERS.contains(option.getName())))
        .allSatisfy(
            option -> {
              String parameter = option.getParameters()[0].getName();
              String name = option.getName();
              assertThat(parameter).isEqualTo(name.equals("bodyMapper") ? "name" : name);
            });
  }

  @Test
  void noOptionIsForgotten() {
    Set<String> all =
        Stream.of(TIMES.keySet(), TEXTS.keySet(), ONLY_NULL, OTHERS)
            .flatMap(Set::stream)
            .collect(Collectors.toSet());
    assertThat(options().map(Method::getName)).containsExactlyInAnyOrderElementsOf(all);
  }

  private static Stream<Method> options() {
    return Stream.of(HookferryBuilder.class.getDeclaredMethods())
        .filter(method -> Modifier.isPublic(method.getModifiers()))
        .filter(method -> method.getReturnType() == HookferryBuilder.class);
  }
}
