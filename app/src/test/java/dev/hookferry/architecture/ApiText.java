package dev.hookferry.architecture;

import static java.util.stream.Collectors.joining;

import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The public API as text: one line for each type and each of its members. Types are named without
 * their packages: their simple names are unique.
 */
final class ApiText {
  private ApiText() {}

  /** Returns the text of these types, sorted by name. */
  static String of(Collection<Class<?>> types) {
    return types.stream()
        .sorted(Comparator.comparing(Class::getName))
        .map(ApiText::type)
        .collect(joining("\n"));
  }

  /** Returns the types that the text of a type names, without primitive ones. */
  static Stream<Class<?>> shownBy(Class<?> type) {
    Set<Class<?>> shown = new HashSet<>();
    Set<Type> seen = new HashSet<>();
    signature(type).forEach(each -> collect(each, shown, seen));
    return shown.stream();
  }

  /** Returns the types in the header and the members of a type, as they are declared. */
  private static Stream<Type> signature(Class<?> type) {
    Stream<Type> above =
        Stream.concat(
            Stream.ofNullable(type.getGenericSuperclass()), Stream.of(type.getGenericInterfaces()));
    Stream<Type> fields =
        Stream.of(type.getDeclaredFields()).filter(ApiText::isSeen).map(Field::getGenericType);
    Stream<Type> members =
        Stream.<Executable>concat(
                Stream.of(type.getDeclaredConstructors()), Stream.of(type.getDeclaredMethods()))
            .filter(one -> isSeen(one) && !one.isSynthetic())
            .flatMap(ApiText::types);
    return Stream.of(Stream.<Type>of(type.getTypeParameters()), above, fields, members)
        .flatMap(each -> each);
  }

  private static Stream<Type> types(Executable executable) {
    Stream<Type> result =
        executable instanceof Method method
            ? Stream.of(method.getGenericReturnType())
            : Stream.empty();
    return Stream.of(
            result,
            Stream.of(executable.getGenericParameterTypes()),
            Stream.of(executable.getGenericExceptionTypes()),
            Stream.<Type>of(executable.getTypeParameters()))
        .flatMap(each -> each);
  }

  /** Adds the classes that a type consists of; {@code seen} ends types that name themselves. */
  private static void collect(Type type, Set<Class<?>> shown, Set<Type> seen) {
    if (!seen.add(type)) {
      return;
    }
    Stream<Type> parts = Stream.empty();
    if (type instanceof Class<?> one) {
      if (one.isArray()) {
        parts = Stream.of(one.getComponentType());
      } else if (!one.isPrimitive()) {
        shown.add(one);
      }
    } else if (type instanceof ParameterizedType generic) {
      parts =
          Stream.concat(
              Stream.of(generic.getRawType()), Stream.of(generic.getActualTypeArguments()));
    } else if (type instanceof GenericArrayType array) {
      parts = Stream.of(array.getGenericComponentType());
    } else if (type instanceof TypeVariable<?> variable) {
      parts = Stream.of(variable.getBounds());
    } else if (type instanceof WildcardType wildcard) {
      parts =
          Stream.concat(Stream.of(wildcard.getUpperBounds()), Stream.of(wildcard.getLowerBounds()));
    }
    parts.forEach(part -> collect(part, shown, seen));
  }

  private static String type(Class<?> type) {
    StringBuilder text = new StringBuilder(header(type)).append('\n');
    members(type).distinct().forEach(line -> text.append("  ").append(line).append('\n'));
    return text.toString();
  }

  private static String header(Class<?> type) {
    StringBuilder text = new StringBuilder();
    boolean isFinal = Modifier.isFinal(type.getModifiers());
    if (type.isInterface()) {
      text.append(type.isSealed() ? "sealed interface " : "interface ");
    } else if (type.isEnum()) {
      text.append("enum ");
    } else if (type.isRecord()) {
      text.append("record ");
    } else {
      text.append(isFinal ? "final class " : type.isSealed() ? "sealed class " : "class ");
    }
    text.append(type.getName()).append(variables(type.getTypeParameters()));
    if (type.isRecord()) {
      text.append(
          Stream.of(type.getRecordComponents())
              .map(
                  one ->
                      nullness(one.getAnnotatedType())
                          + name(one.getGenericType())
                          + " "
                          + one.getName())
              .collect(joining(", ", "(", ")")));
    }
    Type above = type.getGenericSuperclass();
    if (!type.isInterface() && !type.isEnum() && !type.isRecord() && above != Object.class) {
      text.append(" extends ").append(name(above));
    }
    Type[] interfaces = type.getGenericInterfaces();
    if (interfaces.length > 0) {
      text.append(type.isInterface() ? " extends " : " implements ");
      text.append(Stream.of(interfaces).map(ApiText::name).collect(joining(", ")));
    }
    return text.toString();
  }

  private static Stream<String> members(Class<?> type) {
    Stream<String> fields =
        Stream.of(type.getDeclaredFields())
            .filter(ApiText::isSeen)
            .sorted(Comparator.comparing(one -> one.isEnumConstant() ? "" : one.getName()))
            .map(ApiText::field);
    Stream<String> constructors =
        Stream.of(type.getDeclaredConstructors())
            .filter(one -> isSeen(one) && !one.isSynthetic() && !isCanonical(type, one))
            .map(ApiText::constructor)
            .sorted();
    Stream<String> methods =
        Stream.of(type.getDeclaredMethods())
            .filter(one -> isSeen(one) && !one.isSynthetic() && !isUsual(type, one))
            .sorted(Comparator.comparing(Method::getName).thenComparing(ApiText::method))
            .map(ApiText::method);
    return Stream.of(fields, constructors, methods).flatMap(one -> one);
  }

  private static boolean isSeen(Member member) {
    return Modifier.isPublic(member.getModifiers())
        || Modifier.isProtected(member.getModifiers())
            && !Modifier.isFinal(member.getDeclaringClass().getModifiers());
  }

  /** The header of a record says the same. */
  private static boolean isCanonical(Class<?> type, Constructor<?> constructor) {
    return type.isRecord()
        && Arrays.equals(
            constructor.getParameterTypes(),
            Stream.of(type.getRecordComponents())
                .map(RecordComponent::getType)
                .toArray(Class<?>[]::new));
  }

  /** Members that every class, enum or record has. */
  private static boolean isUsual(Class<?> type, Method method) {
    List<String> usual = List.of("equals", "hashCode", "toString");
    boolean ofRecord =
        type.isRecord()
            && Arrays.stream(type.getRecordComponents())
                .anyMatch(one -> method.equals(one.getAccessor()));
    boolean ofEnum = type.isEnum() && List.of("values", "valueOf").contains(method.getName());
    return ofRecord || ofEnum || usual.contains(method.getName());
  }

  private static String field(Field field) {
    if (field.isEnumConstant()) {
      return field.getName();
    }
    return modifiers(field.getModifiers(), false)
        + nullness(field.getAnnotatedType())
        + name(field.getGenericType())
        + " "
        + field.getName()
        + constant(field);
  }

  /** The compiler copies constants into the classes that use them. */
  private static String constant(Field field) {
    boolean isCopied = field.getType().isPrimitive() || field.getType() == String.class;
    if (!isCopied || !Modifier.isStatic(field.getModifiers())) {
      return "";
    }
    try {
      return " = " + field.get(null);
    } catch (IllegalAccessException e) {
      return "";
    }
  }

  private static String constructor(Constructor<?> constructor) {
    return modifiers(constructor.getModifiers(), false) + "new" + signature(constructor);
  }

  private static String method(Method method) {
    return modifiers(method.getModifiers(), method.isDefault())
        + variables(method.getTypeParameters()).replaceFirst("(.)$", "$1 ")
        + nullness(method.getAnnotatedReturnType())
        + name(method.getGenericReturnType())
        + " "
        + method.getName()
        + signature(method);
  }

  private static String signature(Executable executable) {
    AnnotatedType[] nullness = executable.getAnnotatedParameterTypes();
    Type[] types = executable.getGenericParameterTypes();
    StringBuilder text = new StringBuilder("(");
    for (int i = 0; i < types.length; i++) {
      text.append(i == 0 ? "" : ", ").append(nullness(nullness[i])).append(name(types[i]));
    }
    text.append(")");
    List<Type> thrown =
        Stream.of(executable.getGenericExceptionTypes())
            .filter(
                one -> !(one instanceof Class<?> c && RuntimeException.class.isAssignableFrom(c)))
            .toList();
    return thrown.isEmpty()
        ? text.toString()
        : text + thrown.stream().map(ApiText::name).collect(joining(", ", " throws ", ""));
  }

  private static String modifiers(int modifiers, boolean isDefault) {
    return (Modifier.isProtected(modifiers) ? "protected " : "")
        + (Modifier.isStatic(modifiers) ? "static " : "")
        + (isDefault ? "default " : "");
  }

  private static String variables(TypeVariable<?>[] variables) {
    return variables.length == 0
        ? ""
        : Stream.of(variables).map(ApiText::variable).collect(joining(", ", "<", ">"));
  }

  private static String variable(TypeVariable<?> variable) {
    String bounds =
        Stream.of(variable.getBounds())
            .filter(bound -> bound != Object.class)
            .map(ApiText::name)
            .collect(joining(" & "));
    return variable.getName() + (bounds.isEmpty() ? "" : " extends " + bounds);
  }

  private static String nullness(AnnotatedElement type) {
    return type.isAnnotationPresent(Nullable.class) ? "@Nullable " : "";
  }

  private static String name(Type type) {
    return type.getTypeName().replaceAll("\\b(?:[a-z]\\w*\\.)+(?=[A-Z])", "").replace('$', '.');
  }
}
