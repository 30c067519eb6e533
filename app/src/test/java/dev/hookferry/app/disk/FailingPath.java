package dev.hookferry.app.disk;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.file.FileSystem;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The real path in everything but its file system. */
record FailingPath(Path path, FileSystem system) implements InvocationHandler {
  static Path of(Path path, FileSystem system) {
    return (Path)
        Proxy.newProxyInstance(
            FailingPath.class.getClassLoader(),
            new Class<?>[] {Path.class},
            new FailingPath(path, system));
  }

  /** The real path. */
  static Path real(Path path) {
    return Proxy.isProxyClass(path.getClass())
            && Proxy.getInvocationHandler(path) instanceof FailingPath failing
        ? failing.path
        : path;
  }

  @Override
  public @Nullable Object invoke(Object self, Method method, Object @Nullable [] arguments)
      throws Throwable {
    if (method.getName().equals("getFileSystem")) {
      return system;
    }
    try {
      Object result = method.invoke(path, arguments == null ? null : real(arguments));
      return result instanceof Path other ? of(other, system) : result;
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  private static Object[] real(Object[] arguments) {
    return Stream.of(arguments).map(a -> a instanceof Path given ? real(given) : a).toArray();
  }
}
