/**
 * Commands about the filters, bodies, blocked keys and problems of endpoints. Endpoints are added
 * and changed in {@code app.cli.client}.
 */
@NullMarked
package dev.hookferry.app.cli.endpoint;

import org.jspecify.annotations.NullMarked;
