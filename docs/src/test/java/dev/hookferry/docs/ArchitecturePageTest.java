package dev.hookferry.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.body.BodyMapper;
import dev.hookferry.observe.Listener;
import dev.hookferry.outbox.OutboxQueue;
import dev.hookferry.secret.SecretCipher;
import dev.hookferry.signer.Signer;
import dev.hookferry.store.AttemptLog;
import dev.hookferry.store.AuditLog;
import dev.hookferry.store.ConfigStore;
import dev.hookferry.store.DeliveryStore;
import dev.hookferry.store.InFlightJournal;
import dev.hookferry.store.ReplayStore;
import dev.hookferry.store.TallyStore;
import dev.hookferry.store.session.SessionStore;
import dev.hookferry.transport.Transport;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The page names ports, methods and source files that exist, and every port and its methods. */
class ArchitecturePageTest {
  private static final Path PAGE = Path.of("architecture.md");
  private static final List<Class<?>> PORTS =
      List.of(
          DeliveryStore.class,
          AttemptLog.class,
          ConfigStore.class,
          AuditLog.class,
          ReplayStore.class,
          SessionStore.class,
          Transport.class,
          SecretCipher.class,
          TallyStore.class,
          InFlightJournal.class,
          OutboxQueue.class,
          Signer.class,
          BodyMapper.class,
          Listener.class);

  /** A port, and its methods up to the colon of an explanation. */
  private static final Pattern ROW =
      Pattern.compile("^\\| `(\\w+)`(?: \\(optional\\))? \\| ([^:|]+)", Pattern.MULTILINE);

  private static final Pattern SOURCE = Pattern.compile("`([\\w/]+\\.java)`");

  /** The folders to which the paths on the page are relative. */
  private static final List<Path> SOURCES =
      Stream.of("../core", "../core/json-schema")
          .map(module -> Path.of(module, "src/main/java/dev/hookferry"))
          .toList();

  @Test
  void everyFileThatItNamesExists() {
    String page = JavaBlock.read(PAGE);

    assertThat(sources(page)).hasSizeGreaterThan(40);
    assertThat(missing(page)).isEmpty();
    assertThat(missing("see `engine/Engine.java`, `engine/Gone.java`"))
        .containsExactly("engine/Gone.java");
  }

  @Test
  void theTableOfPortsHasTheirMethods() {
    String page = JavaBlock.read(PAGE);
    String table = page.substring(page.indexOf("## Ports"));

    Map<String, Set<String>> written =
        ROW.matcher(table)
            .results()
            .collect(Collectors.toMap(row -> row.group(1), ArchitecturePageTest::names));

    assertThat(written)
        .isEqualTo(
            PORTS.stream()
                .collect(Collectors.toMap(Class::getSimpleName, ArchitecturePageTest::methods)));
  }

  private static List<String> sources(String page) {
    return SOURCE.matcher(page).results().map(file -> file.group(1)).toList();
  }

  private static List<String> missing(String page) {
    return sources(page).stream()
        .filter(file -> SOURCES.stream().noneMatch(in -> Files.exists(in.resolve(file))))
        .toList();
  }

  private static Set<String> names(MatchResult row) {
    return Stream.of(row.group(2).strip().split(", ")).collect(Collectors.toSet());
  }

  /** Returns the names of the methods that make the port what it is: all but closing. */
  private static Set<String> methods(Class<?> port) {
    return Stream.of(port.getDeclaredMethods())
        .filter(method -> !Modifier.isStatic(method.getModifiers()) && !method.isSynthetic())
        .map(Method::getName)
        .filter(name -> !name.equals("close"))
        .collect(Collectors.toSet());
  }
}
