package dev.hookferry.app.wiring;

import dev.hookferry.HookferryBuilder;
import java.util.function.Consumer;

/** Applies all builder settings other than the store and the transport. */
interface HookferryConfigurer extends Consumer<HookferryBuilder> {}
