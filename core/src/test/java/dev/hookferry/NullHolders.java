package dev.hookferry;

import java.lang.reflect.AnnotatedArrayType;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Array;
import java.lang.reflect.Parameter;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.WildcardType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes arrays, collections and maps that contain null, for parameters that forbid it. */
final class NullHolders {
  private NullHolders() {}

  /** Returns arguments for a parameter; none if it holds nothing or may hold null. */
  static List<Object> of(Parameter parameter, SampleArguments samples)
      throws ReflectiveOperationException {
    Class<?> type = parameter.getType();
    AnnotatedType annotated = parameter.getAnnotatedType();
    if (annotated instanceof AnnotatedArrayType array) {
      boolean holdsNull = isNullable(array.getAnnotatedGenericComponentType());
      return type.getComponentType().isPrimitive() || holdsNull
          ? List.of()
          : List.of(Array.newInstance(type.getComponentType(), 1));
    }
    if (!(annotated instanceof AnnotatedParameterizedType holder)) {
      return List.of();
    }
    AnnotatedType[] held = holder.getAnnotatedActualTypeArguments();
    if (type == Map.class) {
      return maps(held, samples);
    }
    if (isNullable(held[0])) {
      return List.of();
    }
    if (type == Set.class) {
      return List.of(Collections.singleton(null));
    }
    return type == List.class || type == Collection.class
        ? List.of(Collections.singletonList(null))
        : List.of();
  }

  private static List<Object> maps(AnnotatedType[] held, SampleArguments samples)
      throws ReflectiveOperationException {
    List<Object> maps = new ArrayList<>();
    if (!isNullable(held[0])) {
      maps.add(Collections.singletonMap(null, samples.of(raw(held[1].getType()))));
    }
    if (!isNullable(held[1])) {
      maps.add(Collections.singletonMap(samples.of(raw(held[0].getType())), null));
    }
    return maps;
  }

  private static Class<?> raw(Type type) {
    if (type instanceof WildcardType wildcard) {
      return raw(wildcard.getUpperBounds()[0]);
    }
    Type plain = type instanceof ParameterizedType made ? made.getRawType() : type;
    return plain instanceof Class<?> known ? known : Object.class;
  }

  private static boolean isNullable(AnnotatedType type) {
    return type.isAnnotationPresent(Nullable.class);
  }
}
