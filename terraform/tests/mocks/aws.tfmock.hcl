# What the cloud would answer, where a made-up string would not do: ARNs, ids that begin with a letter, nested blocks.
mock_resource "aws_iam_role" {
  defaults = { arn = "arn:aws:iam::123456789012:role/mock" }
}
mock_resource "aws_kms_key" {
  defaults = { arn = "arn:aws:kms:eu-west-1:123456789012:key/00000000-0000-4000-8000-000000000000" }
}
mock_resource "aws_cloudwatch_log_group" {
  defaults = { arn = "arn:aws:logs:eu-west-1:123456789012:log-group:mock" }
}
mock_resource "aws_eks_cluster" {
  defaults = {
    arn        = "arn:aws:eks:eu-west-1:123456789012:cluster/mock"
    vpc_config = { cluster_security_group_id = "sg-0123456789abcdef0" }
  }
}
mock_resource "aws_eks_node_group" {
  defaults = { resources = [{ autoscaling_groups = [{ name = "eks-mock-group" }], remote_access_security_group_id = "" }] }
}
mock_resource "aws_launch_template" {
  defaults = { id = "lt-0123456789abcdef0", latest_version = 1 }
}
mock_resource "aws_msk_configuration" {
  defaults = { arn = "arn:aws:kafka:eu-west-1:123456789012:configuration/mock/00000000-0000-4000-8000-000000000000-1", latest_revision = 1 }
}
mock_resource "aws_msk_cluster" {
  defaults = {
    arn                          = "arn:aws:kafka:eu-west-1:123456789012:cluster/mock/00000000-0000-4000-8000-000000000000-1"
    bootstrap_brokers_sasl_scram = "b-1.mock:9096,b-2.mock:9096,b-3.mock:9096"
  }
}
mock_resource "aws_elasticache_replication_group" {
  defaults = { primary_endpoint_address = "redis.mock" }
}
mock_resource "aws_db_instance" {
  defaults = { address = "postgres.mock" }
}
mock_resource "aws_lb" {
  defaults = { arn = "arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/net/mock/0000000000000000", dns_name = "mock.elb.eu-west-1.amazonaws.com", zone_id = "Z0123456789MOCK" }
}
mock_resource "aws_lb_target_group" {
  defaults = { arn = "arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup/mock/0000000000000000", health_check = { matcher = "", path = "" } }
}
mock_resource "aws_acm_certificate" {
  defaults = {
    arn = "arn:aws:acm:eu-west-1:123456789012:certificate/00000000-0000-4000-8000-000000000000"
    domain_validation_options = [{
      domain_name = "play.example.com", resource_record_name = "_mock.play.example.com", resource_record_type = "CNAME", resource_record_value = "_mock.acm-validations.aws"
    }]
  }
}
mock_resource "aws_acm_certificate_validation" {
  defaults = { certificate_arn = "arn:aws:acm:eu-west-1:123456789012:certificate/00000000-0000-4000-8000-000000000000" }
}
mock_resource "aws_sns_topic" {
  defaults = { arn = "arn:aws:sns:eu-west-1:123456789012:mock", fifo_throughput_scope = "" }
}
mock_resource "aws_prometheus_workspace" {
  defaults = { arn = "arn:aws:aps:eu-west-1:123456789012:workspace/ws-mock", prometheus_endpoint = "https://aps.mock/workspaces/ws-mock/" }
}
mock_resource "aws_ce_anomaly_monitor" {
  defaults = { arn = "arn:aws:ce::123456789012:anomalymonitor/00000000-0000-4000-8000-000000000000" }
}
mock_resource "aws_secretsmanager_secret" {
  defaults = { arn = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:mock-AbCdEf" }
}
mock_resource "aws_ecr_repository" {
  defaults = { repository_url = "123456789012.dkr.ecr.eu-west-1.amazonaws.com/rookery/mock" }
}
