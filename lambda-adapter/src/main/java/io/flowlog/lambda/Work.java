package io.flowlog.lambda;

/** Something that an event asks the function to deliver, on its own and with an outcome of its own. */
sealed interface Work permits AnnouncedObject, LogData {
    /** The compressed size in bytes, or -1 if the event does not contain it. */
    long size();

    /** A delivery of it, which has not begun. */
    WorkDelivery delivery(InvocationScope scope);
}
