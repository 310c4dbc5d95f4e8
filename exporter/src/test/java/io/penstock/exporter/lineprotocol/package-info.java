/** Tests of line protocol. */
@org.jspecify.annotations.NullMarked
package io.penstock.exporter.lineprotocol;
