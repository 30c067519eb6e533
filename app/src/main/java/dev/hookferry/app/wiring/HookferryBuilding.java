package dev.hookferry.app.wiring;

import dev.hookferry.HookferryBuilder;
import java.util.function.Consumer;

/** What is said to the builder beside the store and the transport. */
interface HookferryBuilding extends Consumer<HookferryBuilder> {}
