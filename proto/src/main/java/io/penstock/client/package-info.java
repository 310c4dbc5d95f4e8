/**
 * The client library: pushes batches of records into Penstock from any Java program.
 *
 * <p><b>What.</b> {@link io.penstock.client.PenstockClient} takes batches ({@link
 * io.penstock.client.Batch}) or single records ({@link io.penstock.client.PushRecord}), which it
 * batches by records, bytes and age, and answers with a future each. {@link
 * io.penstock.client.Pusher} is the same for programs that read an input and may block. {@link
 * io.penstock.client.ProducerFile} keeps an identity beyond the process.
 *
 * <p><b>Flow.</b> A batch is compressed, waits for a place in its repo's lane, gets a producer and
 * a sequence, and is posted to {@code /v1/repos/{repo}/batches} by the HTTP client of the JDK: over
 * HTTP/1.1 with as many connections as batches are under way, or over HTTP/2 where TLS negotiates
 * it. It is posted again, as the server asks, until it is staged, refused for good, or its deadline
 * has passed. Answers that name owners move what comes next to an owner; an endpoint that does not
 * answer is left for the next one.
 *
 * <p><b>Once.</b> Producer and sequence belong to the node that staged them. So a batch that may
 * have been staged is asked again where it went, under the same sequence, and nowhere else; one
 * that certainly was not may go elsewhere under another.
 *
 * <p><b>Threads.</b> All methods of the client may be called from any thread and none but {@code
 * close} waits. Futures complete on threads of the client, which must not be blocked.
 *
 * <p><b>Limits.</b> Bytes held are bounded for the client, batches under way for each repo, and
 * sequences between the oldest open and the newest for each producer, far below the 256 that a
 * server remembers. Needs the JDK and the generated messages; no logging.
 */
@NullMarked
package io.penstock.client;

import org.jspecify.annotations.NullMarked;
