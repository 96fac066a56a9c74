# What modules/telemetry refuses. A run breaks one rule of each variable that it names, and no other; all else is as above.
# terraform/test makes rules/telemetry of the module's variables alone: to refuse, nobody has to know what the cloud has.
variables {
  name               = "rookery-test"
  account_id         = "123456789012"
  region             = "eu-west-1"
  logs_key_arn       = "arn:aws:kms:eu-west-1:123456789012:key/00000000-0000-4000-8000-000000000000"
  emails             = ["operators@example.com"]
  postgres_instances = { writer-1 = "rookery-test-writer-1" }
  kafka_cluster      = "rookery-test"
  kafka_brokers      = 3
  redis_nodes        = { "1" = "rookery-test-001" }
}

run "first" {
  command = plan
  module {
    source = "./rules/telemetry"
  }
  variables {
    # rules: a rule that tells nobody what to do
    rules = { bad = "groups: [{name: a, rules: [{alert: A, expr: up == 0, labels: {severity: page}, annotations: {summary: down}}]}]" }
    # emails: nobody who is told
    emails = []
    # postgres_free_gib: less than no disk
    postgres_free_gib = 0
    # kafka_brokers: brokers of no cluster
    kafka_cluster = null
  }
  expect_failures = [
    var.rules,
    var.emails,
    var.postgres_free_gib,
    var.kafka_brokers,
  ]
}
