locals {
  gateway_port = 8080
  makes        = var.certificate_arn == null
  certificate  = local.makes ? aws_acm_certificate_validation.this[var.domain].certificate_arn : var.certificate_arn
}

# The one thing that is open to the world: its TLS listener.
resource "aws_security_group" "this" {
  name        = "${var.name}-edge"
  description = "Players, over TLS"
  vpc_id      = var.vpc_id
  tags        = { Name = "${var.name}-edge" }
}

resource "aws_vpc_security_group_ingress_rule" "players" {
  for_each          = var.players_cidrs
  security_group_id = aws_security_group.this.id
  description       = "Players"
  cidr_ipv4         = each.key
  from_port         = 443
  to_port           = 443
  ip_protocol       = "tcp"
}

resource "aws_vpc_security_group_egress_rule" "gateways" {
  security_group_id            = aws_security_group.this.id
  referenced_security_group_id = var.gateway_security_group_id
  description                  = "Gateways"
  from_port                    = local.gateway_port
  to_port                      = local.gateway_port
  ip_protocol                  = "tcp"
}

resource "aws_vpc_security_group_ingress_rule" "gateways" {
  security_group_id            = var.gateway_security_group_id
  referenced_security_group_id = aws_security_group.this.id
  description                  = "Players, by the balancer"
  from_port                    = local.gateway_port
  to_port                      = local.gateway_port
  ip_protocol                  = "tcp"
}

# Owned here and not by a controller in the cluster: it goes when this goes, and its name stays when the cluster is another.
resource "aws_lb" "this" {
  name                             = var.name
  load_balancer_type               = "network"
  internal                         = false
  subnets                          = values(var.subnet_ids)
  security_groups                  = [aws_security_group.this.id]
  enable_cross_zone_load_balancing = true
  enable_zonal_shift               = true
  enable_deletion_protection       = var.deletion_protection
}

resource "aws_lb_target_group" "gateways" {
  name        = "${var.name}-gateways"
  vpc_id      = var.vpc_id
  target_type = "ip"
  protocol    = "TCP"
  port        = local.gateway_port
  # The policy of auto mode's role lets it touch no others.
  tags = { "eks:eks-cluster-name" = var.cluster_name }

  # Limits are by address, so gateways have to see the player's.
  preserve_client_ip     = true
  deregistration_delay   = var.drain_seconds
  connection_termination = false

  # Whether a gateway is ready is known to Kubernetes, which takes it out when it is not.
  health_check {
    protocol            = "TCP"
    port                = "traffic-port"
    interval            = 10
    healthy_threshold   = 2
    unhealthy_threshold = 2
  }
}

resource "aws_lb_listener" "tls" {
  load_balancer_arn = aws_lb.this.arn
  port              = 443
  protocol          = "TLS"
  ssl_policy        = "ELBSecurityPolicy-TLS13-1-2-2021-06"
  # WebSockets begin as HTTP/1.1.
  alpn_policy     = "HTTP1Only"
  certificate_arn = local.certificate

  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.gateways.arn
  }
}

resource "aws_acm_certificate" "this" {
  for_each          = local.makes ? toset([var.domain]) : []
  domain_name       = each.key
  validation_method = "DNS"

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_route53_record" "proof" {
  for_each        = local.makes ? toset([var.domain]) : []
  zone_id         = var.dns_zone_id
  name            = one(aws_acm_certificate.this[each.key].domain_validation_options).resource_record_name
  type            = one(aws_acm_certificate.this[each.key].domain_validation_options).resource_record_type
  records         = [one(aws_acm_certificate.this[each.key].domain_validation_options).resource_record_value]
  ttl             = 300
  allow_overwrite = true
}

resource "aws_acm_certificate_validation" "this" {
  for_each                = local.makes ? toset([var.domain]) : []
  certificate_arn         = aws_acm_certificate.this[each.key].arn
  validation_record_fqdns = [aws_route53_record.proof[each.key].fqdn]
}

resource "aws_route53_record" "this" {
  for_each = var.dns_zone_id == null ? [] : toset([var.domain])
  zone_id  = var.dns_zone_id
  name     = each.key
  type     = "A"
  alias {
    name                   = aws_lb.this.dns_name
    zone_id                = aws_lb.this.zone_id
    evaluate_target_health = true
  }
}
