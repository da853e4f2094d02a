"""Offsets of Kafka, for jobs that keep their place themselves."""

import pytest
from confluent_kafka import KafkaException

from shopnow.kafka_offsets import read_offsets


def test_brokers_that_do_not_answer_are_named() -> None:
    with pytest.raises(KafkaException, match=r"127\.0\.0\.1:9 did not answer for its offsets"):
        read_offsets("127.0.0.1:9", ["shopnow.orders.v1"], timeout_s=0.2)
