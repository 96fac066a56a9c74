locals {
  rules = coalesce(var.rules, { for file in fileset("${path.module}/rules", "*.yaml") : trimsuffix(file, ".yaml") => file("${path.module}/rules/${file}") })

  # What Prometheus does not see from inside the cluster.
  alarms = merge(
    { for name, id in var.postgres_instances : "postgres-${name}-disk" => {
      what       = "PostgreSQL ${name} has little disk left", namespace = "AWS/RDS", metric = "FreeStorageSpace", statistic = "Minimum"
      comparison = "LessThanThreshold", threshold = var.postgres_free_gib * 1073741824, minutes = 10, dimensions = { DBInstanceIdentifier = id }
    } },
    { for name, id in var.postgres_instances : "postgres-${name}-processor" => {
      what       = "PostgreSQL ${name} is busy", namespace = "AWS/RDS", metric = "CPUUtilization", statistic = "Average"
      comparison = "GreaterThanThreshold", threshold = 85, minutes = 15, dimensions = { DBInstanceIdentifier = id }
    } },
    { for number in range(1, var.kafka_brokers + 1) : "kafka-${number}-disk" => {
      what       = "Kafka's broker ${number} has little disk left", namespace = "AWS/Kafka", metric = "KafkaDataLogsDiskUsed", statistic = "Maximum"
      comparison = "GreaterThanThreshold", threshold = 80, minutes = 10, dimensions = { "Cluster Name" = var.kafka_cluster, "Broker ID" = tostring(number) }
    } },
    { for number in range(1, var.kafka_brokers + 1) : "kafka-${number}-copies" => {
      what       = "Kafka's broker ${number} leads partitions that lack a copy", namespace = "AWS/Kafka", metric = "UnderReplicatedPartitions", statistic = "Maximum"
      comparison = "GreaterThanThreshold", threshold = 0, minutes = 15, dimensions = { "Cluster Name" = var.kafka_cluster, "Broker ID" = tostring(number) }
    } },
    { for name, id in var.redis_nodes : "redis-${name}-memory" => {
      what       = "Redis ${name} is nearly full, and refuses writes when it is", namespace = "AWS/ElastiCache", metric = "DatabaseMemoryUsagePercentage", statistic = "Maximum"
      comparison = "GreaterThanThreshold", threshold = 75, minutes = 5, dimensions = { CacheClusterId = id }
    } },
  )
}

resource "aws_prometheus_workspace" "this" {
  alias       = var.name
  kms_key_arn = var.logs_key_arn
}

resource "aws_prometheus_rule_group_namespace" "this" {
  for_each     = local.rules
  name         = each.key
  workspace_id = aws_prometheus_workspace.this.id
  data         = each.value
}

resource "aws_sns_topic" "alerts" {
  name              = "${var.name}-alerts"
  fifo_topic        = false
  kms_master_key_id = var.logs_key_arn
}

resource "aws_sns_topic_policy" "alerts" {
  arn = aws_sns_topic.alerts.arn
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "Alerts"
      Effect    = "Allow"
      Principal = { Service = ["aps.amazonaws.com", "cloudwatch.amazonaws.com"] }
      Action    = ["sns:Publish", "sns:GetTopicAttributes"]
      Resource  = "arn:aws:sns:${var.region}:${var.account_id}:${var.name}-alerts"
      Condition = { StringEquals = { "aws:SourceAccount" = var.account_id } }
    }]
  })
}

resource "aws_sns_topic_subscription" "emails" {
  for_each  = var.emails
  topic_arn = aws_sns_topic.alerts.arn
  protocol  = "email"
  endpoint  = each.key
}

resource "aws_prometheus_alert_manager_definition" "this" {
  workspace_id = aws_prometheus_workspace.this.id
  definition = yamlencode({
    alertmanager_config = yamlencode({
      route = {
        receiver        = "alerts"
        group_by        = ["alertname"]
        group_wait      = "30s"
        group_interval  = "5m"
        repeat_interval = "4h"
      }
      receivers = [{
        name = "alerts"
        sns_configs = [{
          topic_arn = "arn:aws:sns:${var.region}:${var.account_id}:${var.name}-alerts"
          sigv4     = { region = var.region }
          subject   = "{{ .CommonLabels.severity }}: {{ .CommonLabels.alertname }}"
          message   = "{{ range .Alerts }}{{ .Annotations.summary }}\n{{ .Annotations.action }}\n{{ end }}"
        }]
      }]
    })
  })

  depends_on = [aws_sns_topic_policy.alerts]
}

resource "aws_cloudwatch_metric_alarm" "this" {
  for_each            = local.alarms
  alarm_name          = "${var.name}-${each.key}"
  alarm_description   = each.value.what
  namespace           = each.value.namespace
  metric_name         = each.value.metric
  statistic           = each.value.statistic
  comparison_operator = each.value.comparison
  threshold           = each.value.threshold
  period              = 60
  evaluation_periods  = each.value.minutes
  dimensions          = each.value.dimensions
  treat_missing_data  = "missing"
  alarm_actions       = [aws_sns_topic.alerts.arn]
  ok_actions          = [aws_sns_topic.alerts.arn]
}
