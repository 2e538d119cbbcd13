interface CertificateForProfile {
  course: string;
  school: string;
  code: string;
  address: string;
  /** In UTC, as the school writes it down. */
  issuedAt: Date;
}

/** The address that puts a certificate into a LinkedIn profile. Source: LinkedIn Help, "Add to Profile button", whose parameters these are. */
export function linkedInAddress({ course, school, code, address, issuedAt }: CertificateForProfile): string {
  const parameters = new URLSearchParams({
    startTask: 'CERTIFICATION_NAME',
    name: course,
    organizationName: school,
    issueYear: String(issuedAt.getUTCFullYear()),
    issueMonth: String(issuedAt.getUTCMonth() + 1),
    certUrl: address,
    certId: code,
  });
  return `https://www.linkedin.com/profile/add?${parameters}`;
}
