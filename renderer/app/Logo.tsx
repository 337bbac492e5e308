/** The mark: one block, cleft in two. */
export function Logo({ size = 22 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 24 24" fill="none" aria-hidden="true">
      <path d="M4.5 3h7.2L8.4 21H4.5A1.5 1.5 0 0 1 3 19.500V4.500A1.500 1.500 0 0 1 4.500 3Z" fill="currentColor" />
      <path d="M14.300 3h5.200A1.500 1.500 0 0 1 21 4.500v6.200h-8.100L14.300 3Z" fill="currentColor" opacity="0.550" />
      <path
        d="M12.500 13.200H21v6.300a1.500 1.500 0 0 1-1.500 1.500H11l1.500-7.800Z"
        fill="currentColor"
        opacity="0.800"
      />
    </svg>
  );
}
