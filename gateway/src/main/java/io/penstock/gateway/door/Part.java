package io.penstock.gateway.door;

import io.penstock.exporter.record.Encoding;

/**
 * The records of a request that go to one repo, as one batch.
 *
 * @param repo a good name of a repo
 * @param encoding how the records are written
 * @param bytes an array in which the batch lies from 0 on; not changed any more
 * @param length bytes of the batch
 */
@SuppressWarnings("ArrayRecordComponent") // carried, never compared
public record Part(String repo, Encoding encoding, byte[] bytes, int length) {}
