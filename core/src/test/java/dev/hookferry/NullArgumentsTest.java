package dev.hookferry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.endpoint.EndpointSpec;
import dev.hookferry.endpoint.SuccessStatuses;
import dev.hookferry.event.NewEvent;
import dev.hookferry.field.FieldSpec;
import dev.hookferry.filter.FilterSet;
import dev.hookferry.observe.Listener;
import dev.hookferry.outbound.OutboundPolicy;
import dev.hookferry.outbox.RowSelection;
import dev.hookferry.portal.NewPortalLink;
import dev.hookferry.portal.PortalAccess;
import dev.hookferry.query.AttemptQuery;
import dev.hookferry.query.AuditQuery;
import dev.hookferry.query.DeliveryQuery;
import dev.hookferry.query.EndpointScope;
import dev.hookferry.query.EventQuery;
import dev.hookferry.refusal.InvalidException;
import dev.hookferry.replay.ReplayWindow;
import dev.hookferry.retry.RetrySettings;
import dev.hookferry.secret.MasterKeySource;
import dev.hookferry.site.PayloadRule;
import dev.hookferry.site.SettingsUpdate;
import dev.hookferry.site.SiteProfile;
import dev.hookferry.store.Store;
import dev.hookferry.testing.SimulatedReceiver;
import java.io.IOException;
import java.io.InputStream;
import java.lang.module.ModuleDescriptor;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Public constructors and methods of the exported packages refuse null with a {@link
 * NullPointerException} whose message is the name of the parameter, unless it is {@link Nullable}.
 */
class NullArgumentsTest {
  private static final Set<Class<?>> INPUTS =
      Set.of(
          AttemptQuery.class,
          AuditQuery.class,
          DeliveryQuery.class,
          EndpointScope.class,
          EndpointSpec.class,
          EventQuery.class,
          FilterSet.class,
          Listener.class,
          MasterKeySource.class,
          NewEvent.class,
          NewPortalLink.class,
          OutboundPolicy.class,
          PayloadRule.class,
          PortalAccess.class,
          ReplayWindow.class,
          RetrySettings.class,
          RowSelection.class,
          SettingsUpdate.class,
          SimulatedReceiver.class,
          SiteProfile.class,
          SuccessStatuses.class);

  @Test
  void nullIsRefusedByName() throws Exception {
    List<String> objections = new ArrayList<>();
    int tried = 0;
    try (SampleArguments samples = new SampleArguments()) {
      for (Class<?> type : exportedTypes()) {
        for (Executable entry : entries(type)) {
          for (int i = 0; i < entry.getParameterCount(); i++) {
            if (!acceptsNull(entry.getParameters()[i])) {
              tried++;
              check(new Call(type, entry, i, null), samples, objections);
            }
          }
        }
      }
    }
    assertThat(objections).isEmpty();
    assertThat(tried).isGreaterThan(600);
  }

  @Test
  void nullInACollectionIsRefusedByName() throws Exception {
    List<String> objections = new ArrayList<>();
    int tried = 0;
    try (SampleArguments samples = new SampleArguments()) {
      for (Class<?> type : exportedTypes()) {
        for (Executable entry : entries(type)) {
          for (int i = 0; i < entry.getParameterCount(); i++) {
            for (Object holder : holders(type, entry, entry.getParameters()[i], samples)) {
              tried++;
              check(new Call(type, entry, i, holder), samples, objections);
            }
          }
        }
      }
    }
    assertThat(objections).isEmpty();
    assertThat(tried).isGreaterThan(50);
  }

  /** Returns what a caller may pass by mistake: to the facades, to their inputs, as varargs. */
  private static List<Object> holders(
      Class<?> type, Executable entry, Parameter parameter, SampleArguments samples)
      throws ReflectiveOperationException {
    boolean isApi = type.getPackage() == Hookferry.class.getPackage() || INPUTS.contains(type);
    boolean isInner =
        Stream.of(Store.class, FieldSpec.class)
            .anyMatch(one -> type.getPackageName().startsWith(one.getPackageName()));
    return entry instanceof Method && (isApi || parameter.isVarArgs() && !isInner)
        ? NullHolders.of(parameter, samples)
        : List.of();
  }

  @Test
  void detectsAMissingNullCheck() throws Exception {
    List<String> objections = new ArrayList<>();
    try (SampleArguments samples = new SampleArguments()) {
      for (Executable entry : entries(Careless.class)) {
        Parameter parameter = entry.getParameters()[0];
        check(new Call(Careless.class, entry, 0, null), samples, objections);
        for (Object holder : NullHolders.of(parameter, samples)) {
          check(new Call(Careless.class, entry, 0, holder), samples, objections);
        }
      }
    }
    assertThat(objections)
        .hasSize(4)
        .anyMatch(each -> each.contains("copies") && each.endsWith("NullPointerException"))
        .anyMatch(each -> each.contains("keeps") && each.endsWith(": accepted"))
        .anyMatch(each -> each.contains("accepts") && each.endsWith(": accepted"))
        .anyMatch(each -> each.contains("stumbles") && each.contains("NullPointerException"));
  }

  /** Treats null in all ways. */
  static final class Careless {
    private Careless() {}

    public static void accepts(String text) {}

    public static int stumbles(String text) {
      return text.length();
    }

    public static void copies(String... texts) {
      var unused = List.of(java.util.Objects.requireNonNull(texts, "texts"));
    }

    public static void keeps(List<String> texts) {
      java.util.Objects.requireNonNull(texts, "texts");
    }

    public static void refuses(String text) {
      java.util.Objects.requireNonNull(text, "text");
    }
  }

  /** A call with an argument that is null or holds null; the others are samples. */
  private record Call(Class<?> type, Executable entry, int index, @Nullable Object argument) {
    private String parameter() {
      return entry.getParameters()[index].getName();
    }

    private void make(SampleArguments samples) throws ReflectiveOperationException {
      Object[] arguments = samples.ofAll(entry);
      arguments[index] = argument;
      if (entry instanceof Constructor<?> constructor) {
        constructor.newInstance(arguments);
      } else {
        boolean isStatic = Modifier.isStatic(entry.getModifiers());
        ((Method) entry).invoke(isStatic ? null : samples.of(type), arguments);
      }
    }
  }

  private static void check(Call call, SampleArguments samples, List<String> objections)
      throws ReflectiveOperationException {
    String name = call.parameter();
    String what = call.entry().toGenericString() + " with null for " + name + ": ";
    try {
      call.make(samples);
      objections.add(what + "accepted");
    } catch (InvocationTargetException e) {
      Throwable thrown = e.getCause();
      boolean isNamed =
          thrown instanceof NullPointerException
              && isNamed(call.argument(), name, thrown.getMessage());
      // A field that is null is refused like any other bad value.
      if (!isNamed && !(call.argument() instanceof Map && thrown instanceof InvalidException)) {
        objections.add(what + thrown);
      }
    }
  }

  /** Returns whether a message names the parameter, or the element of it that is null. */
  private static boolean isNamed(@Nullable Object argument, String name, @Nullable String message) {
    return name.equals(message)
        || argument != null && message != null && message.startsWith(name + "[");
  }

  private static boolean acceptsNull(Parameter parameter) {
    return parameter.getType().isPrimitive()
        || parameter.getAnnotatedType().isAnnotationPresent(Nullable.class);
  }

  private static List<Executable> entries(Class<?> type) {
    boolean isMade = !type.isEnum() && !Modifier.isAbstract(type.getModifiers());
    return Stream.<Executable>concat(
            isMade ? Stream.of(type.getDeclaredConstructors()) : Stream.empty(),
            Stream.of(type.getDeclaredMethods())
                .filter(method -> !isCalledByHookferry(type, method))
                .filter(method -> !(type.isEnum() && method.getName().equals("valueOf"))))
        .filter(entry -> Modifier.isPublic(entry.getModifiers()) && !entry.isSynthetic())
        .toList();
  }

  /** Hookferry itself, or the JDK, calls what implements one of their interfaces. */
  private static boolean isCalledByHookferry(Class<?> type, Method method) {
    return !Modifier.isStatic(method.getModifiers())
        && (type.isInterface()
            || method.getName().equals("equals")
            || interfaces(type).anyMatch(one -> declares(one, method)));
  }

  private static Stream<Class<?>> interfaces(Class<?> type) {
    return Arrays.stream(type.getInterfaces())
        .flatMap(one -> Stream.concat(Stream.of(one), interfaces(one)));
  }

  private static boolean declares(Class<?> type, Method method) {
    return Arrays.stream(type.getMethods())
        .anyMatch(
            one ->
                one.getName().equals(method.getName())
                    && one.getParameterCount() == method.getParameterCount());
  }

  /**
   * Returns the public types of the packages that the module exports, without exceptions: a missing
   * message must not hide the failure that it would tell of.
   */
  private static List<Class<?>> exportedTypes() throws IOException, URISyntaxException {
    Path classes =
        Path.of(Hookferry.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    Set<ModuleDescriptor.Exports> exports;
    try (InputStream module = Files.newInputStream(classes.resolve("module-info.class"))) {
      exports = ModuleDescriptor.read(module).exports();
    }
    List<Class<?>> types = new ArrayList<>();
    for (ModuleDescriptor.Exports each : exports) {
      try (Stream<Path> files = Files.list(classes.resolve(each.source().replace('.', '/')))) {
        files
            .map(file -> file.getFileName().toString())
            .filter(file -> file.endsWith(".class") && !file.contains("-info"))
            .sorted()
            .map(file -> load(each.source() + "." + file.replace(".class", "")))
            .filter(type -> isPublic(type) && !Throwable.class.isAssignableFrom(type))
            .forEach(types::add);
      }
    }
    return types;
  }

  private static boolean isPublic(Class<?> type) {
    Class<?> outer = type.getEnclosingClass();
    return Modifier.isPublic(type.getModifiers())
        && !type.isAnonymousClass()
        && (outer == null || isPublic(outer));
  }

  private static Class<?> load(String name) {
    try {
      return Class.forName(name);
    } catch (ClassNotFoundException e) {
      throw new AssertionError(e);
    }
  }
}
