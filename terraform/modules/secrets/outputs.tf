output "names" {
  description = "Name to the secret's name in the store."
  value       = { for name, secret in aws_secretsmanager_secret.this : name => secret.name }
}

output "read_policy" {
  description = "IAM policy (JSON) of who brings these secrets into the cluster."
  value = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid    = "Read"
        Effect = "Allow"
        Action = ["secretsmanager:DescribeSecret", "secretsmanager:GetSecretValue"]
        # The store adds six characters of its own to each name. Administrators' passwords are nobody's in the cluster.
        Resource = [for key in sort(keys(local.places)) : "arn:aws:secretsmanager:${var.region}:${var.account_id}:secret:${local.places[key].name}-??????" if !endswith(key, "-administrator")]
      },
      {
        Sid       = "Decrypt"
        Effect    = "Allow"
        Action    = ["kms:Decrypt"]
        Resource  = [var.kms_key_arn]
        Condition = { StringEquals = { "kms:ViaService" = "secretsmanager.${var.region}.amazonaws.com" } }
      },
    ]
  })
}

output "password_version" {
  description = "Version of the administrator's password that the store has."
  value       = aws_secretsmanager_secret_version.administrator.secret_string_wo_version
}
