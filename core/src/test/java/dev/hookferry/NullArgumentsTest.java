package dev.hookferry;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Public constructors and methods of the exported packages refuse null with a {@link
 * NullPointerException} whose message is the name of the parameter, unless it is {@link Nullable}.
 */
class NullArgumentsTest {
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
              check(type, entry, i, samples, objections);
            }
          }
        }
      }
    }
    assertThat(objections).isEmpty();
    assertThat(tried).isGreaterThan(600);
  }

  @Test
  void detectsAMissingNullCheck() throws Exception {
    List<String> objections = new ArrayList<>();
    try (SampleArguments samples = new SampleArguments()) {
      for (Executable entry : entries(Careless.class)) {
        check(Careless.class, entry, 0, samples, objections);
      }
    }
    assertThat(objections)
        .hasSize(2)
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

    public static void refuses(String text) {
      java.util.Objects.requireNonNull(text, "text");
    }
  }

  private static void check(
      Class<?> type, Executable entry, int index, SampleArguments samples, List<String> objections)
      throws ReflectiveOperationException {
    Object[] arguments = samples.ofAll(entry);
    arguments[index] = null;
    String name = entry.getParameters()[index].getName();
    String what = entry.toGenericString() + " with null for " + name + ": ";
    try {
      if (entry instanceof Constructor<?> constructor) {
        constructor.newInstance(arguments);
      } else {
        boolean isStatic = Modifier.isStatic(entry.getModifiers());
        ((Method) entry).invoke(isStatic ? null : samples.of(type), arguments);
      }
      objections.add(what + "accepted");
    } catch (InvocationTargetException e) {
      Throwable thrown = e.getCause();
      if (!(thrown instanceof NullPointerException) || !name.equals(thrown.getMessage())) {
        objections.add(what + thrown);
      }
    }
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
