/** Tests of health, endpoint and meters. */
package dev.hookferry.spring.actuate;
