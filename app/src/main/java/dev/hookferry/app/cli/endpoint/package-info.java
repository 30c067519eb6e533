/** Commands about how one endpoint is served: its filter, its body, and its blocked keys. */
@NullMarked
package dev.hookferry.app.cli.endpoint;

import org.jspecify.annotations.NullMarked;
