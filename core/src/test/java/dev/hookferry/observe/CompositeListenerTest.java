package dev.hookferry.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CompositeListenerTest {
  private final List<String> calls = new ArrayList<>();

  static Stream<Method> calls() {
    return Stream.of(Listener.class.getMethods())
        .filter(method -> !Modifier.isStatic(method.getModifiers()));
  }

  @ParameterizedTest
  @MethodSource("calls")
  void everyCallReachesEveryListenerInOrder(Method call) throws Exception {
    call(call, Listener.all(listener("a", null), listener("b", null)));

    assertThat(calls).containsExactly("a " + call, "b " + call);
  }

  @ParameterizedTest
  @MethodSource("calls")
  void aFailingListenerDoesNotStopTheOthers(Method call) {
    RuntimeException first = new IllegalStateException("first");
    Error second = new StackOverflowError();
    Listener all = Listener.all(listener("a", first), listener("b", second), listener("c", null));

    assertThatThrownBy(() -> call(call, all)).isSameAs(first);

    assertThat(calls).containsExactly("a " + call, "b " + call, "c " + call);
    assertThat(first).hasSuppressedException(second);
  }

  @Test
  void listenersMayFailWithTheSameException() {
    RuntimeException same = new IllegalStateException("same");
    Listener all = Listener.all(listener("a", same), listener("b", same));

    assertThatThrownBy(() -> all.fault("x", same)).isSameAs(same).hasNoSuppressedExceptions();
  }

  @Test
  void acceptsNoListenersButNotNull() {
    assertThatCode(() -> Listener.all().fault("x", new Exception())).doesNotThrowAnyException();
    assertThatNullPointerException().isThrownBy(() -> Listener.all((Listener) null));
  }

  private void call(Method call, Listener listener) throws Exception {
    Object[] arguments =
        Stream.of(call.getParameterTypes()).map(CompositeListenerTest::argument).toArray();
    try {
      call.invoke(listener, arguments);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw (Exception) e.getCause();
    }
  }

  private static @Nullable Object argument(Class<?> type) {
    if (type == int.class) {
      return 1;
    }
    return type == boolean.class ? true : null;
  }

  private Listener listener(String name, Throwable failure) {
    return (Listener)
        Proxy.newProxyInstance(
            Listener.class.getClassLoader(),
            new Class<?>[] {Listener.class},
            (proxy, method, arguments) -> {
              calls.add(name + " " + method);
              if (failure != null) {
                throw failure;
              }
              return null;
            });
  }
}
