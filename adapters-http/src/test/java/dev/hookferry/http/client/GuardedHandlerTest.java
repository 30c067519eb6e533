package dev.hookferry.http.client;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;

import org.apache.hc.core5.http.impl.nio.ClientHttp1StreamDuplexer;
import org.apache.hc.core5.reactor.IOSession;
import org.junit.jupiter.api.Test;

class GuardedHandlerTest {
  @Test
  void endsTheConnectionAndNotTheThread() throws Exception {
    // An error of the JVM cannot be had on order.
    ClientHttp1StreamDuplexer duplexer = mock(ClientHttp1StreamDuplexer.class);
    doThrow(new OutOfMemoryError("of the test")).when(duplexer).onConnect();
    doThrow(new OutOfMemoryError("of the test")).when(duplexer).onInput(any());
    doThrow(new OutOfMemoryError("of the test")).when(duplexer).onOutput();
    GuardedHandler handler = new GuardedHandler(duplexer);
    IOSession session = mock(IOSession.class);

    assertThatCode(
            () -> {
              handler.connected(session);
              handler.inputReady(session, null);
              handler.outputReady(session);
            })
        .doesNotThrowAnyException();

    verify(duplexer, times(3)).onException(any(GuardedHandler.OwnFault.class));
  }
}
