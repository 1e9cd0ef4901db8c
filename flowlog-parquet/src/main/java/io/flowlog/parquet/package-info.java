/**
 * Reads Parquet flow logs with {@code FlowLogReader}: put this library on the class path, and the reader takes Parquet files as
 * it takes text.
 *
 * <p>The one class for users is {@link io.flowlog.parquet.ParquetFlowLogs}, which {@link java.util.ServiceLoader} finds. A byte
 * passes through the classes in this order:
 *
 * <ul>
 *   <li>{@code Footer}: reads and checks what the end of the file says about its columns and row groups. {@code ThriftBounds}
 *       checks sizes before hardwood allocates memory for them.
 *   <li>{@code ChunkBytes}: the bytes of a column of a row group, a window at a time. {@code MemoryShare} limits the memory.
 *   <li>{@code ColumnPages}: pages, which {@code Codecs} decompresses and hardwood's {@code PageDecoder} decodes.
 *   <li>{@code Cells}: one column's values as text. {@code RowText}: the text of some rows.
 *   <li>{@code ParquetRows}: all rows of the file as a stream of lines.
 * </ul>
 */
@NullMarked
package io.flowlog.parquet;

import org.jspecify.annotations.NullMarked;
