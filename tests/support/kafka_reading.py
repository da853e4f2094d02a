"""All that a topic holds, for tests."""

from confluent_kafka import Consumer, Message, TopicPartition


def everything_on(bootstrap: str, topic: str) -> list[Message]:
    """The messages of a topic, each partition in order."""
    consumer = Consumer({"bootstrap.servers": bootstrap, "group.id": "tests", "log_level": 3})
    try:
        partitions = consumer.list_topics(topic, timeout=20).topics[topic].partitions
        ends = {}
        for number in partitions:
            first, end = consumer.get_watermark_offsets(TopicPartition(topic, number), timeout=20)
            if end > first:
                ends[number] = end
        consumer.assign([TopicPartition(topic, number, 0) for number in ends])
        found: list[Message] = []
        while ends:
            message = consumer.poll(20)
            assert message is not None and message.error() is None, message and message.error()
            found.append(message)
            if message.offset() + 1 >= ends[message.partition()]:
                del ends[message.partition()]
        return found
    finally:
        consumer.close()
